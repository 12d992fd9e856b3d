import type { CanonicalColumn } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { canonicalText } from './canonical-text.js';

/** A 60-bit number for complete keys, the same for equal keys in every engine. */
export const keyHash = (keys: readonly CanonicalColumn[], dialect: BaseDialect): string => {
  const [only, ...others] = keys;
  if (only !== undefined && others.length === 0) return dialect.hashNumber(canonicalText(only, dialect));
  return dialect.hashNumber(keys.map((key) => `${part(key, dialect)} || ','`).join(' || '));
};

/** The same of complete keys with the values beside them, of which NULL is one. */
export const rowHash = (
  keys: readonly CanonicalColumn[],
  values: readonly CanonicalColumn[],
  dialect: BaseDialect,
): string => {
  const parts = [
    ...keys.map((key) => part(key, dialect)),
    ...values.map((value) => `coalesce(${part(value, dialect)}, '-')`),
  ];
  return dialect.hashNumber(parts.map((text) => `${text} || ','`).join(' || '));
};

/** Texts that may hold anything stand behind their length, so that several columns do not run into each other. */
const part = (column: CanonicalColumn, dialect: BaseDialect): string => {
  const text = canonicalText(column, dialect);
  return column.form.kind === 'text' ? `${dialect.asText(`length(${text})`)} || ':' || ${text}` : text;
};
