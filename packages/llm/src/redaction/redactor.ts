import type { JsonValue, Row } from '@aegis/spec';
import { type ColumnPolicy, columnCategory } from './column-policy.js';
import { IssuedTokens, type TokenFingerprints, tokenPattern } from './issued-tokens.js';
import { RecalledValues } from './recalled-values.js';
import { valuePatterns } from './value-patterns.js';

const shortestRecalled = 3;

/** Removes secrets that are known by their value, e.g. those that were resolved from references. */
export interface SecretScrubber {
  scrub(text: string): string;
}

export interface RedactorOptions {
  /**
   * Of the run, the same in every process that continues it; without one, exported tokens mean nothing elsewhere. Keep
   * it as secret as the values: who has salt and fingerprint can try out what a value might be.
   */
  readonly salt?: string | Uint8Array | undefined;
}

/**
 * Replaces personal and secret values by tokens such as `<email:1>`. Equal values get equal tokens for as long as the
 * redactor lives, so that a reader still sees which rows belong together; what is said about tokens is mapped back with
 * {@link Redactor.restore}.
 */
export class Redactor {
  readonly #policy: ColumnPolicy;
  readonly #secrets: SecretScrubber;
  readonly #tokens: IssuedTokens;
  /** Values of sensitive columns, to be found again in sentences and SQL. */
  readonly #recalled = new RecalledValues();

  constructor(policy: ColumnPolicy, secrets: SecretScrubber, { salt }: RedactorOptions = {}) {
    this.#policy = policy;
    this.#secrets = secrets;
    this.#tokens = new IssuedTokens(salt);
  }

  /** Free text: known secrets, values of sensitive columns seen before, and values told by their form. */
  text(text: string): string {
    return betweenTokens(this.#secrets.scrub(text), (part) => this.#maskForms(this.#recalled.replaceIn(part)));
  }

  /** One value of a column: whole when the column's name says so, else by the form of what it holds. */
  cell(column: string, value: JsonValue): JsonValue {
    const category = columnCategory(column, this.#policy);
    return category === undefined ? this.value(value) : this.#maskWhole(category, value);
  }

  /** Whether values of a column are masked whole because of its name. */
  masksColumn(column: string): boolean {
    return columnCategory(column, this.#policy) !== undefined;
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

  /**
   * The text with the values back in place of their tokens; a token that was never issued stays. `encode` makes a value
   * fit where it is put: values come from tables, and a quote in one must not end a literal of SQL.
   */
  restore(text: string, encode: (value: string) => string = (value) => value): string {
    return text.replace(tokenPattern, (token) => {
      const value = this.#tokens.valueOf(token);
      return value === undefined ? token : encode(value);
    });
  }

  /** What another process needs so that the tokens of this text mean the same there. Holds no values. */
  exportTokens(text: string): TokenFingerprints {
    return this.#tokens.fingerprints(text);
  }

  /**
   * Takes over the tokens of an earlier process of the run. To be called before anything is masked: a token that was given
   * to another value since is not restored any more.
   */
  importTokens(fingerprints: TokenFingerprints): void {
    this.#tokens.import(fingerprints);
  }

  #maskForms(text: string): string {
    return valuePatterns.reduce(
      (masked, { category, pattern, accepts }) =>
        masked.replace(pattern, (found) => (accepts?.(found) === false ? found : this.#token(category, found))),
      text,
    );
  }

  #maskWhole(category: string, value: JsonValue): JsonValue {
    if (value === null || typeof value === 'boolean' || value === '') return value;
    if (isList(value)) return value.map((item) => this.#maskWhole(category, item));
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const token = this.#token(category, text);
    if (token !== text) this.#recall(text, token);
    return token;
  }

  /** Short values only where SQL quotes them: they would take ordinary words out of sentences with them. */
  #recall(value: string, token: string): void {
    if (value.length < shortestRecalled) {
      this.#recalled.add(`'${value}'`, `'${token}'`);
      return;
    }
    for (const written of [value, value.replaceAll("'", "''"), JSON.stringify(value).slice(1, -1)]) {
      this.#recalled.add(written, token);
    }
  }

  #token(category: string, value: string): string {
    return isToken(value) ? value : this.#tokens.tokenFor(category, value);
  }
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isToken = (text: string): boolean => /^<[a-z]+:\d+>$/.test(text);

/** What is masked already stays as it is, so that masking twice changes nothing. */
const betweenTokens = (text: string, mask: (part: string) => string): string =>
  text
    .split(/(<[a-z]+:\d+>)/)
    .map((part, index) => (index % 2 === 0 && part !== '' ? mask(part) : part))
    .join('');
