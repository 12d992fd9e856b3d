/** Seconds of each unit of a duration. */
const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** Reads `1d`, `24h30m`, `< 90m`, `when > 1d`, in seconds; `undefined` for anything else. */
export const readDuration = (text: string): number | undefined => {
  const [, duration = ''] = /^(?:when )?[<>]?=?\s*((?:\d+(?:\.\d+)?\s*[dhms]\s*)+)$/.exec(text.trim()) ?? [];
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)\s*([dhms])/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units], 0);
};

/** As the rule `freshness` takes it: in the largest unit that it is whole in. */
export const freshnessThreshold = (seconds: number) => {
  if (seconds % units.d === 0) return { threshold: seconds / units.d, unit: 'days' };
  if (seconds % units.h === 0) return { threshold: seconds / units.h, unit: 'hours' };
  return { threshold: seconds / units.m, unit: 'minutes' };
};
