import type { JsonValue, Row } from '@aegis/spec';
import type { SecretRegistry } from '../secrets/secret-registry.js';
import { type ColumnPolicy, columnCategory } from './column-policy.js';
import { valuePatterns } from './value-patterns.js';

/** Shorter values would take ordinary words out of sentences with them. */
const shortestRecalled = 3;

/**
 * Replaces personal and secret values by tokens such as `<email:1>`. Equal values get equal tokens for as long as the
 * redactor lives, so that a reader still sees which rows belong together.
 */
export class Redactor {
  readonly #policy: ColumnPolicy;
  readonly #secrets: Pick<SecretRegistry, 'scrub'>;
  readonly #tokens = new Map<string, string>();
  readonly #issued = new Map<string, number>();
  /** Values of sensitive columns, to be found again in sentences and SQL. */
  readonly #recalled = new Map<string, string>();

  constructor(policy: ColumnPolicy, secrets: Pick<SecretRegistry, 'scrub'>) {
    this.#policy = policy;
    this.#secrets = secrets;
  }

  /** Free text: known secrets, values of sensitive columns seen before, and values told by their form. */
  text(text: string): string {
    const known = [...this.#recalled].sort(([left], [right]) => right.length - left.length);
    const recalled = known.reduce(
      (masked, [value, token]) => replaceWord(masked, value, token),
      this.#secrets.scrub(text),
    );
    return valuePatterns.reduce(
      (masked, { category, pattern, accepts }) =>
        masked.replace(pattern, (found) => (accepts?.(found) === false ? found : this.#token(category, found))),
      recalled,
    );
  }

  /** One value of a column: whole when the column's name says so, else by the form of what it holds. */
  cell(column: string, value: JsonValue): JsonValue {
    const category = columnCategory(column, this.#policy);
    return category === undefined ? this.value(value) : this.#maskWhole(category, value);
  }

  row(row: Row): Row {
    return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, this.cell(column, value)]));
  }

  /** Any JSON value; keys of objects are taken for column names. */
  value(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map((item) => this.value(item));
    return this.row(value);
  }

  #maskWhole(category: string, value: JsonValue): JsonValue {
    if (value === null || typeof value === 'boolean' || value === '') return value;
    if (isList(value)) return value.map((item) => this.#maskWhole(category, item));
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const token = this.#token(category, text);
    if (text.length >= shortestRecalled) this.#recalled.set(text, token);
    return token;
  }

  #token(category: string, value: string): string {
    if (/^<[a-z]+:\d+>$/.test(value)) return value;
    const key = JSON.stringify([category, value]);
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const number = (this.#issued.get(category) ?? 0) + 1;
    this.#issued.set(category, number);
    const token = `<${category}:${number}>`;
    this.#tokens.set(key, token);
    return token;
  }
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Replaces a value where it stands on its own: `Ann` is not masked within `Annual`. */
const replaceWord = (text: string, value: string, replacement: string): string =>
  text.includes(value)
    ? text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(value)}(?![\\p{L}\\p{N}])`, 'gu'), () => replacement)
    : text;

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
