import type { Dialect } from '@aegis/spec';
import { sqlLiteral, sqlName } from './sql-names.js';

/** Names and values as the SQL of one warehouse writes them. */
export interface SqlWords {
  /** A column. */
  name(column: string): string;
  /** A number, a text or a truth value; `undefined` for anything else, and for digits that were lost when the file was read. */
  literal(value: unknown): string | undefined;
  /** All of them, or `undefined` if one of them cannot be written. */
  literals(values: readonly unknown[]): readonly string[] | undefined;
}

export const sqlWords = (dialect: Dialect): SqlWords => {
  const literal = (value: unknown): string | undefined => (isWritable(value) ? sqlLiteral(value, dialect) : undefined);
  return {
    name: (column) => sqlName(column, dialect),
    literal,
    literals: (values) => {
      const written = values.map(literal);
      return written.every((text) => text !== undefined) ? written : undefined;
    },
  };
};

const isWritable = (value: unknown): value is string | number | boolean =>
  typeof value === 'number' ? isExact(value) : typeof value === 'string' || typeof value === 'boolean';

const isExact = (value: number): boolean =>
  Number.isFinite(value) && !String(value).includes('e') && (!Number.isInteger(value) || Number.isSafeInteger(value));
