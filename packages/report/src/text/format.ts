const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text);

/** Exact for decimal strings of any length: the formatter reads their digits, not a float. */
const grouped = (value: number | `${number}`, decimals: number): string =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: decimals }).format(value);

/** `1234567.891` as `1,234,567.891`; text that is no plain decimal (`NaN`, `1e30`, a date) comes back as it is. */
export const formatNumber = (value: number | string, decimals = 4): string => {
  const text = String(value);
  if (!isDecimal(text) || /e/i.test(text)) return text;
  const rounded = grouped(text, decimals);
  return Number(text) !== 0 && /^-?0$/.test(rounded) ? text : rounded;
};

/** `1.9 %`. A share that would round to nothing, or to everything, keeps its side: `<0.01 %`, `>99.99 %`. */
export const formatPercent = (percent: number): string => {
  if (percent > 0 && percent < 0.01) return '<0.01 %';
  if (percent < 100 && percent > 99.99) return '>99.99 %';
  return `${formatNumber(percent, 2)} %`;
};

const irregular: ReadonlyMap<string, string> = new Map([
  ['queries', 'query'],
  ['pass', 'pass'],
]);

/** `1 rule`, `1,200 rules`: the noun is given in the plural. */
export const formatCount = (count: number, plural: string): string =>
  `${formatNumber(count, 2)} ${count === 1 ? (irregular.get(plural) ?? plural.replace(/s$/, '')) : plural}`;

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** In powers of 1000, as warehouses bill: `12.3 MB`. */
export const formatBytes = (bytes: number): string => {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1);
  return `${formatNumber(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${byteUnits[step]}`;
};

/** How long something took, to a readable precision: `0.4 ms`, `12 ms`, `1.2 s`, `3 min 5 s`. */
export const formatElapsed = (ms: number): string => {
  if (ms < 1000) return `${formatNumber(ms, ms < 10 ? 1 : 0)} ms`;
  return ms < 60_000 ? `${formatNumber(ms / 1000, 1)} s` : formatSeconds(Math.round(ms / 1000));
};

const timeUnits = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** A span of seconds, exactly: `3601` is `1 h 1 s`; fractions are kept as `90.5 s`. */
export const formatSeconds = (seconds: number): string => {
  if (!Number.isSafeInteger(seconds)) return `${formatNumber(seconds)} s`;
  let rest = Math.abs(seconds);
  const parts = timeUnits.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${formatNumber(count)} ${unit}`];
  });
  return `${seconds < 0 ? '-' : ''}${parts.join(' ') || '0 s'}`;
};
