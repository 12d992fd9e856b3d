import type { TracedDataset } from '@aegis/spec';
import type { Finding, Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import { pathBetween } from '../path-between.js';
import type { TraceIndex } from '../trace-index.js';
import { type Repeats, surveyRepeats } from './survey-repeats.js';

/** Fewer rows that happen to be equal are no load. */
const leastRepeats = 3;

/** Whole rows that are there twice: in a source, or in a table that is loaded piece by piece. The farthest such table. */
export const repeatFinding = async (symptom: Symptom, index: TraceIndex, lab: Lab): Promise<Finding | undefined> => {
  const loaded = index.datasets.filter((dataset) => isLoaded(dataset, index));
  const surveyed = await Promise.all(
    loaded.map(async (dataset) => ({ dataset, repeats: await surveyRepeats(dataset, lab) })),
  );
  const repeated = surveyed.filter(
    (each): each is { dataset: TracedDataset; repeats: Repeats } => (each.repeats?.repeated ?? 0) >= leastRepeats,
  );
  const [farthest] = repeated.sort((a, b) => b.dataset.distance - a.dataset.distance);
  return farthest && findingOf(farthest.dataset, farthest.repeats, symptom, index);
};

const isLoaded = ({ id }: TracedDataset, index: TraceIndex): boolean => {
  const operations = index.operationsOf(id);
  return operations.length === 0 || operations.some(({ kind }) => kind === 'insert' || kind === 'copy');
};

const findingOf = (
  dataset: TracedDataset,
  { rows, repeated, sql }: Repeats,
  symptom: Symptom,
  index: TraceIndex,
): Finding => ({
  ...{ dataset, column: null, kind: 'duplicate_load', operation: index.operationsOf(dataset.id).at(-1) },
  path: pathBetween(index, symptom.dataset, dataset),
  facts: [
    {
      kind: 'repeated_rows',
      sentence: `${repeated} of ${rows} rows of ${dataset.name} are whole repetitions of others.`,
      numbers: { dataset: dataset.name, rows, repeated },
      sql,
    },
  ],
  confidence: 'high',
});
