import type { DatasetName } from '../../names/dataset-name.js';
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { type ColumnInput, columnInputs, facet, identifierOf } from './facets.js';

/** What a `lineage` facet says feeds one target. `target` is absent where the job itself takes the data in. */
export interface ExplicitEntry {
  readonly target: DatasetName | undefined;
  readonly inputs: readonly DatasetName[];
  readonly columns: readonly ColumnInput[];
}

/** The `lineage` facet of a job: it says more than `columnLineage`, and that says more than inputs and outputs. */
export const explicitEntries = (facets: JsonRecord): readonly ExplicitEntry[] => {
  const { entries, lineage } = facet(facets, 'lineage');
  return [...listOf(entries), ...listOf(lineage)].filter(isRecord).map((entry) => ({
    target: isDataset(entry) ? identifierOf(entry) : undefined,
    inputs: entryInputs(entry),
    columns: entryColumns(entry),
  }));
};

/** The columns of a `lineage` facet that stands at an output. */
export const datasetEntry = (facets: JsonRecord): readonly ColumnInput[] => entryColumns(facet(facets, 'lineage'));

const isDataset = (entry: JsonRecord): boolean => textOf(entry.type)?.toUpperCase() !== 'JOB';

const entryInputs = ({ inputs, fields }: JsonRecord): readonly DatasetName[] =>
  [...listOf(inputs), ...Object.values(recordOf(fields)).flatMap((field) => listOf(recordOf(field).inputs))]
    .filter(isRecord)
    .filter(isDataset)
    .flatMap((input) => identifierOf(input) ?? []);

const entryColumns = ({ inputs, fields }: JsonRecord): readonly ColumnInput[] => [
  ...listOf(inputs).flatMap((input) => columnInputs(input, null, {})),
  ...Object.entries(recordOf(fields)).flatMap(([to, field]) =>
    listOf(recordOf(field).inputs).flatMap((input) => columnInputs(input, to, {})),
  ),
];
