import { isTemplate } from '@aegis/rules/conversion';
import { type OnlyQuery, onlyQuery } from './test-meaning.js';

interface Listed {
  readonly kind: 'values';
  readonly values: readonly (string | number | boolean)[];
}

/**
 * Values of a list as a rule takes them. dbt writes them into SQL, in quotes unless `quote` is false: then a text is an
 * expression, and with quotes a truth value is the word that Python has for it.
 */
export const listedValues = (list: unknown, quote: unknown): Listed | OnlyQuery => {
  if (!Array.isArray(list) || list.length === 0) return onlyQuery('it lists no values');
  const fault = list.map((value) => faultOf(value, quote !== false)).find((reason) => reason !== undefined);
  return fault === undefined ? { kind: 'values', values: list as Listed['values'] } : onlyQuery(fault);
};

const faultOf = (value: unknown, isQuoted: boolean): string | undefined => {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) || !Number.isInteger(value) ? undefined : 'a value is beyond 2^53';
  if (typeof value === 'boolean') return isQuoted ? 'a truth value is compared as text' : undefined;
  if (typeof value !== 'string') return 'a value is no single value';
  if (!isQuoted) return 'a value is an expression';
  if (isTemplate(value)) return 'a value is filled in by dbt';
  return value.includes("'") ? 'a value holds a quote that dbt does not escape' : undefined;
};
