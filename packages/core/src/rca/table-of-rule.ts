import { parseTableName } from '@aegis/rules';
import type { Rule, TracedDataset } from '@aegis/spec';
import type { Case } from './finding.js';

/** The dataset that a rule compares its own with, where lineage knows it. */
export const tableOfRule = (
  { type, params, scope }: Rule,
  role: 'reference' | 'source',
  { index, lab }: Case,
): TracedDataset | undefined => {
  const name = lab.types.get(type).requires(params).tables?.[role];
  if (name === undefined) return undefined;
  const table = parseTableName(name);
  if (table.kind !== 'named') return undefined;
  const beside = scope.table.kind === 'named' ? [...scope.table.parts.slice(0, -1), ...table.parts] : table.parts;
  const ends = (parts: readonly string[], dataset: TracedDataset) =>
    dataset.table?.kind === 'named' && endsAlike(dataset.table.parts, parts);
  return (
    index.datasets.find((dataset) => ends(beside, dataset)) ??
    index.datasets.find((dataset) => ends(table.parts, dataset))
  );
};

/** Whether one name is the end of the other. */
const endsAlike = (left: readonly string[], right: readonly string[]): boolean => {
  const length = Math.min(left.length, right.length);
  const end = (parts: readonly string[]) => parts.slice(-length).join('\0').toLowerCase();
  return end(left) === end(right);
};
