import type { DatasetName } from './dataset-name.js';
import { endsWith } from './name-index.js';
import { defaultSchemaOf } from './namespace.js';

/** A dataset that a name could mean, by one of its own names. */
export interface Candidate {
  readonly dataset: number;
  readonly name: DatasetName;
}

/**
 * Which datasets a name may mean. Exact spelling before spelling without case; then, where the name has no schema, the
 * default schema of the candidate's engine; more than one left is an ambiguity for the caller to report.
 */
export const choose = (name: DatasetName, candidates: readonly Candidate[]): readonly number[] => {
  const exact = candidates.filter((candidate) => endsWith(candidate.name, name, true));
  const spelled = exact.length > 0 ? exact : candidates;
  const all = datasetsOf(spelled);
  if (all.length < 2) return all;
  const usual = datasetsOf(spelled.filter((candidate) => isInDefaultSchema(name, candidate.name)));
  return usual.length > 0 ? usual : all;
};

const datasetsOf = (candidates: readonly Candidate[]): readonly number[] => [
  ...new Set(candidates.map(({ dataset }) => dataset)),
];

/** Whether `full` is `short` with the schema put in front that its engine takes for names without one. */
export const isInDefaultSchema = (short: DatasetName, full: DatasetName): boolean => {
  if (short.parts.length !== 1 || full.kind !== 'table') return false;
  const schema = full.parts.at(-2)?.toLowerCase();
  return schema !== undefined && schema === defaultSchemaOf(full.engine ?? short.engine);
};
