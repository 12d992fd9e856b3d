/** A check, as far as its first line tells. */
export type CheckLine =
  | {
      readonly kind: 'metric';
      readonly metric: string;
      readonly args: readonly string[];
      readonly passes: string | undefined;
    }
  | {
      readonly kind: 'reference';
      readonly columns: readonly string[];
      readonly other: string;
      readonly keys: readonly string[];
      readonly isForbidden: boolean;
    }
  | { readonly kind: 'same rows'; readonly other: string; readonly source: string | undefined }
  | { readonly kind: 'named'; readonly name: 'schema' | 'failed rows' | 'group by' | 'group evolution' }
  | { readonly kind: 'over time' }
  | { readonly kind: 'unknown' };

const named = ['schema', 'failed rows', 'group by', 'group evolution'] as const;

const identifier = '"(?:[^"]|"")+"|`[^`]+`|[^\\s(),]+';
const overTime = /^(change |anomaly |same day |percent change|distribution_difference)/;
const reference = new RegExp(
  `^values in \\((?<columns>[^)]+)\\) must (?<not>not )?exist in (?<other>${identifier}) \\((?<keys>[^)]+)\\)$`,
);
const sameRows = new RegExp(`^row_count same as (?<other>${identifier})(?: in (?<source>\\S+))?$`);
const freshnessUsing = /^freshness using (?<column>\S+)(?: with \S+)?\s*(?<passes><.+)?$/;
const metric =
  /^(?<metric>[\p{L}_][\p{L}\p{N}_]*)\s*(?:\((?<args>[^)]*)\))?\s*(?<passes>(?:<|>|=|!|not between|between).*)?$/u;

/** Reads the line of a check, e.g. `missing_count(email) < 5`. */
export const readCheckLine = (text: string): CheckLine => {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const name = named.find((each) => each === line);
  if (name !== undefined) return { kind: 'named', name };
  if (overTime.test(line)) return { kind: 'over time' };
  return referenceLine(line) ?? sameRowsLine(line) ?? metricLine(line) ?? { kind: 'unknown' };
};

const referenceLine = (line: string): CheckLine | undefined => {
  const { columns, not, other, keys } = reference.exec(line)?.groups ?? {};
  if (columns === undefined || other === undefined || keys === undefined) return undefined;
  return { kind: 'reference', columns: listed(columns), other, keys: listed(keys), isForbidden: not !== undefined };
};

const sameRowsLine = (line: string): CheckLine | undefined => {
  const { other, source } = sameRows.exec(line)?.groups ?? {};
  return other === undefined ? undefined : { kind: 'same rows', other, source };
};

const metricLine = (line: string): CheckLine | undefined => {
  const older = freshnessUsing.exec(line)?.groups;
  if (older?.column !== undefined)
    return { kind: 'metric', metric: 'freshness', args: [older.column], passes: older.passes };
  const found = metric.exec(line)?.groups;
  if (found?.metric === undefined) return undefined;
  return { kind: 'metric', metric: found.metric, args: listed(found.args ?? ''), passes: found.passes };
};

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
