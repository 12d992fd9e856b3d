import type { Probe, RowComparison } from '@aegis/rules';
import type { CanonicalForm, ColumnExpression, ComparedColumns, RowPair, ScopedRelation } from '@aegis/spec';
import type { PreparedRule } from '../plan/prepare.js';
import { pairForm } from './pair-form.js';

/** What both sides of a rule are compared by: keys alone, or rows with values beside them. */
export interface Comparison {
  readonly target: ScopedRelation;
  readonly source: ScopedRelation;
  readonly keys: readonly ComparedColumns[];
  readonly values: readonly ComparedColumns[];
  /** Whether a key counts once, however many rows carry it. */
  readonly distinct: boolean;
}

export type ComparingProbe = Extract<Probe, { readonly kind: 'key_difference' | 'row_difference' }>;

export const isComparing = (probe: Probe): probe is ComparingProbe =>
  probe.kind === 'key_difference' || probe.kind === 'row_difference';

export const comparisonOf = (probe: ComparingProbe, { context }: PreparedRule): Comparison => ({
  target: context.relation('target'),
  source: context.relation('source'),
  keys: pairs(probe.targetKeys, probe.sourceKeys),
  values: probe.kind === 'row_difference' ? comparedColumns(probe) : [],
  distinct: probe.kind === 'key_difference',
});

const pairs = (targets: readonly ColumnExpression[], sources: readonly ColumnExpression[]): ComparedColumns[] =>
  targets.flatMap((target, index) => {
    const source = sources[index];
    return source ? [{ target, source, form: pairForm(target.type, source.type) }] : [];
  });

const comparedColumns = ({ values }: RowComparison): readonly ComparedColumns[] =>
  values.map(({ target, source, tolerance, digits }) => ({
    target,
    source,
    form: pairForm(target.type, source.type, digits),
    ...(tolerance !== undefined && { tolerance }),
  }));

/** The rows of both sides as one statement of one warehouse compares them. */
export const rowPair = (comparison: RowComparison, { context }: PreparedRule): RowPair => ({
  target: context.relation('target'),
  targetKeys: comparison.targetKeys,
  source: context.relation('source'),
  sourceKeys: comparison.sourceKeys,
  values: comparedColumns(comparison),
});

export type Side = 'target' | 'source';

/** The form of the first key, where keys lie on a line that ranges can be cut of: integers, dates and timestamps. */
export const formOfRanges = ({ keys: [first] }: Comparison): CanonicalForm | undefined => {
  if (first?.form.kind === 'instant') return first.form;
  const isInteger = first?.target.type.kind === 'integer' && first.source.type.kind === 'integer';
  return isInteger ? first.form : undefined;
};
