import type { DatasetName } from '../../names/dataset-name.js';
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { type ColumnInput, columnInputs, facet, identifierOf } from './facets.js';

/** What a `lineage` facet says feeds one target. `target` is absent where the job itself takes the data in. */
export interface ExplicitEntry {
  readonly target: DatasetName | undefined;
  readonly inputs: readonly DatasetName[];
  readonly columns: readonly ColumnInput[];
  /** Whether every dataset that it speaks of is named. */
  readonly isWhole: boolean;
}

/** The `lineage` facet of a job: it says more than `columnLineage`, and that says more than inputs and outputs. */
export const explicitEntries = (facets: JsonRecord): readonly ExplicitEntry[] => {
  const { entries, lineage } = facet(facets, 'lineage');
  return [...listOf(entries), ...listOf(lineage)].filter(isRecord).map((entry) => ({
    target: isDataset(entry) ? identifierOf(entry) : undefined,
    inputs: inputsOf(entry).flatMap((input) => identifierOf(input) ?? []),
    columns: entryColumns(entry),
    isWhole: [entry, ...inputsOf(entry)].every((named) => !isDataset(named) || identifierOf(named) !== undefined),
  }));
};

/** The columns of a `lineage` facet that stands at an output. */
export const datasetEntry = (facets: JsonRecord): readonly ColumnInput[] => entryColumns(facet(facets, 'lineage'));

const isDataset = (entry: JsonRecord): boolean => textOf(entry.type)?.toUpperCase() !== 'JOB';

const inputsOf = ({ inputs, fields }: JsonRecord): readonly JsonRecord[] =>
  [...listOf(inputs), ...Object.values(recordOf(fields)).flatMap((field) => listOf(recordOf(field).inputs))]
    .filter(isRecord)
    .filter(isDataset);

const entryColumns = ({ inputs, fields }: JsonRecord): readonly ColumnInput[] => [
  ...listOf(inputs).flatMap((input) => columnInputs(input, null, {})),
  ...Object.entries(recordOf(fields)).flatMap(([to, field]) =>
    listOf(recordOf(field).inputs).flatMap((input) => columnInputs(input, to, {})),
  ),
];
