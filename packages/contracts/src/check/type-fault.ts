import type { ColumnType } from '@aegis/spec';

/** What a contract says of a column's type, made comparable with what a warehouse says. */
export interface ExpectedType {
  /** As the contract writes it. */
  readonly type?: string | undefined;
  /** Kinds that fit; any if absent. */
  readonly kinds?: readonly string[] | undefined;
  /** Precision and scale of a decimal. */
  readonly size?: string | undefined;
}

/** Why a column is not of the type; `undefined` where it is, or where nobody can say. */
export const typeFault = ({ kind, native }: ColumnType, { type, kinds, size }: ExpectedType): string | undefined => {
  if (kinds === undefined || kind === 'other') return undefined;
  const isSame = kinds.includes(kind) && (size === undefined || (sizeOf(native) ?? size) === size);
  return isSame ? undefined : `the type is ${native}, the contract says ${type ?? kinds.join(' or ')}`;
};

/** `18,2` of `DECIMAL(18, 2)`. */
export const sizeOf = (native: string): string | undefined => {
  const [, precision, scale = '0'] = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(native) ?? [];
  return precision === undefined ? undefined : `${precision},${scale}`;
};
