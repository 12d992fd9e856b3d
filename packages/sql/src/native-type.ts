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

export const columnTypeBy = (kinds: KindsByName, native: string): ColumnType => ({
  kind: kinds[baseName(native)] ?? 'other',
  native,
});

export interface DecimalSize {
  readonly precision: number;
  readonly scale: number;
}

/** The size in `decimal(18,2)`; `undefined` where the type declares none. */
export const decimalSize = ({ kind, native }: ColumnType): DecimalSize | undefined => {
  const found = kind === 'decimal' ? /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(native) : null;
  return found ? { precision: Number(found[1]), scale: Number(found[2] ?? 0) } : undefined;
};

const singlePrecision = new Set(['float', 'real', 'float4']);

/** Whether a `float` column holds 4-byte values. BigQuery and Databricks name their types unambiguously as well. */
export const isSinglePrecision = ({ kind, native }: ColumnType): boolean =>
  kind === 'float' && singlePrecision.has(baseName(native));
