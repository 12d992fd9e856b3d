import type { FailureUnit } from './conversion.js';

/** `> 10` or `>= 3` failures. */
interface Limit {
  readonly operator: '>' | '>=';
  readonly value: number;
}

/** What dbt does with the number of failures, as `severity`, `warn_if`, `error_if` and `limit` say it. */
export interface FailureHandling {
  readonly severity: 'error' | 'warn';
  readonly warnIf: string;
  readonly errorIf: string;
  readonly limit: number | undefined;
}

/** The same as keys of `logic`; without any, the default holds: one failure is too many. */
export interface Thresholds {
  readonly fail_if?: string;
  readonly warn_if?: string;
}

const anyFailure = '!= 0';

/** dbt's own defaults, in whatever case the file has them. */
export const failureHandling = (config: {
  readonly severity?: string | undefined;
  readonly warn_if?: string | undefined;
  readonly error_if?: string | undefined;
  readonly limit?: number | undefined;
}): FailureHandling => ({
  severity: config.severity?.toLowerCase() === 'warn' ? 'warn' : 'error',
  warnIf: config.warn_if ?? anyFailure,
  errorIf: config.error_if ?? anyFailure,
  limit: config.limit,
});

/**
 * Thresholds that give the same outcome as dbt for every count, or `undefined` where a rule has no words for them.
 * A count beyond `limit` does not happen in dbt, so a threshold that lies there is never crossed.
 */
export const thresholdsOf = (handling: FailureHandling, unit: FailureUnit): Thresholds | undefined => {
  const warn = readLimit(handling.warnIf, handling.limit);
  const error = handling.severity === 'warn' ? 'never' : readLimit(handling.errorIf, handling.limit);
  if (warn === undefined || error === undefined) return undefined;
  if (error === 'never') return warn === 'never' || isOfTable(unit) ? undefined : { warn_if: written(warn, unit) };
  const warnsEarlier = warn !== 'never' && least(warn) < least(error);
  if (least(error) === 1 && !warnsEarlier) return {};
  if (isOfTable(unit)) return undefined;
  return { fail_if: written(error, unit), ...(warnsEarlier && { warn_if: written(warn, unit) }) };
};

/** A type that judges the table as a whole knows neither a warning nor a count. */
const isOfTable = (unit: FailureUnit): boolean => unit === 'table' || unit === 'calculated';

/** The smallest count that crosses it. */
const least = ({ operator, value }: Limit): number => (operator === '>' ? value + 1 : value);

const written = ({ operator, value }: Limit, unit: string): string => `${unit} ${operator} ${value}`;

const readLimit = (condition: string, mostCounted: number | undefined): Limit | 'never' | undefined => {
  const [, operator = '', digits = ''] = /^(!=|<>|>=|>)\s*(\d{1,15})$/.exec(condition.trim()) ?? [];
  const value = Number(digits);
  if (operator === '' || (value !== 0 && /^(!=|<>)$/.test(operator))) return undefined;
  const limit: Limit = { operator: operator === '>=' ? '>=' : '>', value };
  return mostCounted !== undefined && least(limit) > mostCounted ? 'never' : limit;
};
