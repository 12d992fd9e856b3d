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

/** Types with parts in their names, recognised by how the name starts or ends. */
const forms: readonly (readonly [RegExp, ColumnKind])[] = [
  [/\[\d*\]$|^array\b/i, 'array'],
  [/^(struct|row|map|union|record)\b/i, 'struct'],
  [/^interval\b/i, 'interval'],
];

export const columnTypeBy = (kinds: KindsByName, native: string): ColumnType => {
  const kind = forms.find(([form]) => form.test(native))?.[1] ?? kinds[baseName(native)] ?? 'other';
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
