import type { Report } from '@aegis/spec';

/** What a reader must know before believing the difference of two runs. */
export const comparisonNotes = (before: Report, after: Report): readonly string[] => [
  ...cutShort(before, 'before'),
  ...cutShort(after, 'after'),
  ...(isSame(before.warehouses, after.warehouses)
    ? []
    : [`The runs asked different warehouses: ${names(before.warehouses)} before, ${names(after.warehouses)} after.`]),
  ...(Date.parse(after.started_at) < Date.parse(before.started_at)
    ? [`The run after, ${after.run_id}, is older than the run before, ${before.run_id}.`]
    : []),
];

const cutShort = ({ status, run_id }: Report, side: 'before' | 'after'): readonly string[] =>
  status === 'cancelled' ? [`The run ${side}, ${run_id}, was cancelled before every rule was judged.`] : [];

const isSame = (before: readonly string[], after: readonly string[]): boolean =>
  JSON.stringify(before.toSorted()) === JSON.stringify(after.toSorted());

const names = (warehouses: readonly string[]): string => warehouses.join(', ') || 'none';
