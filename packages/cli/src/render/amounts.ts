/** `1 rule`, `12 rules`; the noun takes a plain s. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** `12 ms`, `1.4 s`, `2 min 5 s`. */
export const duration = (ms: number): string => {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.5 GB`, in powers of 1000. */
export const bytes = (number: number): string => {
  const power = number < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(number) / 3));
  const value = number / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${units[power]}`;
};

/** `$12.50`, `$0.0042`: as many digits as a small amount needs to be told from nothing. */
export const dollars = (amount: number): string => {
  if (amount >= 1 || amount === 0) return `$${amount.toFixed(2)}`;
  return amount < 0.0001 ? 'less than $0.0001' : `$${amount.toFixed(4)}`;
};
