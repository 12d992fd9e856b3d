import type { ColumnKind, ColumnType } from '@aegis/spec';

/** Kinds by the engine's base name in lower case, without parameters. */
export type KindsByName = { readonly [name: string]: ColumnKind };

/** `DECIMAL(18, 2)` is `decimal`; `timestamp(6) with time zone` is `timestamp with time zone`. */
export const baseName = (native: string): string =>
  native
    .toLowerCase()
    .replace(/\([^()]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Types made of other types, recognised by how their name starts or ends. */
const nested: readonly (readonly [RegExp, ColumnKind])[] = [
  [/\[\d*\]$|^array\b/i, 'array'],
  [/^(struct|row|map|union|record)\b/i, 'struct'],
];

export const columnTypeBy = (kinds: KindsByName, native: string): ColumnType => {
  const kind = nested.find(([form]) => form.test(native))?.[1] ?? kinds[baseName(native)] ?? 'other';
  return { kind, native };
};

export interface DecimalSize {
  readonly precision: number;
  readonly scale: number;
}

/** The size in `decimal(18,2)`; `undefined` where the type declares none. */
export const decimalSize = ({ kind, native }: ColumnType): DecimalSize | undefined => {
  const found = kind === 'decimal' ? /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(native) : null;
  return found ? { precision: Number(found[1]), scale: Number(found[2] ?? 0) } : undefined;
};
