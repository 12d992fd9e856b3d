import type { TracedDataset } from '@aegis/spec';
import type { Reading } from '../reading.js';
import type { TraceIndex } from '../trace-index.js';
import { type Candidate, candidatesOf } from './candidates.js';
import { type RelevantColumns, relevantColumns, relevantToRows } from './relevant-columns.js';
import type { Workshop } from './remake.js';

/** What a table would be without one part of a statement that it is made by. */
export interface Trial {
  readonly candidate: Candidate;
  /** In the order of the symptoms. */
  readonly readings: readonly Reading[];
  /** The same of the table made anew with the part: what holds there as well, the part does not bring about. */
  readonly unchanged: readonly Reading[];
  /** In the order of the rules that hold. */
  readonly guards: readonly Reading[];
}

/** Most trials for one table: each may read everything that the table is made from. */
const mostTrials = 24;

/**
 * Tries parts of every step, the suspicious ones first. Steps that cannot be read, and what is made of them, are left out.
 * `columns` are those that each failure is about, none where it is about whole rows.
 */
export const runTrials = async (
  columns: readonly (readonly string[])[],
  workshop: Workshop,
  index: TraceIndex,
): Promise<readonly Trial[]> => {
  const isRelevant = relevance(columns, index);
  const candidates = [...workshop.steps.values()]
    .flatMap((step) => candidatesOf(step, isRelevant(step.dataset), index, workshop.render))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostTrials);
  const tried = await Promise.all(candidates.map((candidate) => trial(candidate, workshop).catch(() => undefined)));
  return tried.flatMap((each) => each ?? []);
};

/** Output columns of a step that may bring one of the failures about, in lower case; `undefined` where any may. */
const relevance = (columns: readonly (readonly string[])[], index: TraceIndex) => {
  const ofValues = relevantColumns(index, index.target.id, columns.flat());
  const isAboutRows = columns.some((names) => names.length === 0);
  const ofRows: RelevantColumns | undefined = isAboutRows ? relevantToRows(index) : new Map();
  return ({ id }: TracedDataset): ReadonlySet<string> | undefined =>
    ofRows && new Set([...(ofValues.get(id) ?? []), ...(ofRows.get(id) ?? [])]);
};

const trial = async (candidate: Candidate, workshop: Workshop): Promise<Trial | undefined> => {
  const { dataset } = candidate.step;
  const remade = await workshop.remake(dataset, candidate.queries);
  if (!remade?.readings.some(({ status }) => status === 'holds')) return undefined;
  const unchanged = await workshop.unchanged(dataset);
  return unchanged && { candidate, ...remade, unchanged: unchanged.readings };
};
