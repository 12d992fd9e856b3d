import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import type { DatasetColumn, DatasetKind } from '../../graph/types.js';
import { type DatasetName, locatedName } from '../../names/dataset-name.js';
import { countOf, isRecord, type JsonRecord, listOf, recordOf, textOf } from '../reading.js';

/** Facets of the specification; others are kept by nobody and noted. */
const known = {
  run: [
    'nominalTime',
    'parent',
    'errorMessage',
    'externalQuery',
    'extractionError',
    'processing_engine',
    'tags',
    'test',
  ],
  job: ['documentation', 'jobType', 'lineage', 'ownership', 'sourceCode', 'sourceCodeLocation', 'sql', 'tags'],
  dataset: [
    ...['catalog', 'columnLineage', 'dataQualityAssertions', 'dataQualityMetrics', 'dataSource', 'datasetType'],
    ...['documentation', 'hierarchy', 'lifecycleStateChange', 'lineage', 'ownership', 'schema', 'storage', 'symlinks'],
    ...['tags', 'version', 'datasetVersion', 'inputStatistics', 'outputStatistics', 'inputSubset', 'outputSubset'],
  ],
} as const;

/** Names of facets that the specification does not have. */
export const unknownFacets = (kind: keyof typeof known, facets: JsonRecord): readonly string[] =>
  Object.keys(facets).filter((name) => !(known[kind] as readonly string[]).includes(name));

/** A facet's content; an empty object where it is absent or was deleted. */
export const facet = (facets: JsonRecord, name: string): JsonRecord => {
  const content = recordOf(facets[name]);
  return content._deleted === true ? {} : content;
};

export const schemaColumns = (facets: JsonRecord): readonly DatasetColumn[] =>
  listOf(facet(facets, 'schema').fields).flatMap((field) => {
    const { name, type } = recordOf(field);
    const text = textOf(name);
    return text === undefined ? [] : [{ name: text, ...(textOf(type) && { type: textOf(type) }) }];
  });

export const symlinks = (facets: JsonRecord): readonly DatasetName[] =>
  listOf(facet(facets, 'symlinks').identifiers).flatMap((identifier) => identifierOf(identifier) ?? []);

/** `{ namespace, name }` as a name; `undefined` where either is missing. */
export const identifierOf = (value: unknown): DatasetName | undefined => {
  const { namespace, name } = recordOf(value);
  const [place, text] = [textOf(namespace), textOf(name)];
  return place === undefined || text === undefined ? undefined : locatedName(place, text);
};

const kinds: { readonly [type: string]: DatasetKind } = {
  TABLE: 'table',
  DB_TABLE: 'table',
  VIEW: 'view',
  MATERIALIZED_VIEW: 'view',
  FILE: 'file',
  DASHBOARD: 'exposure',
};

export const datasetKind = (facets: JsonRecord): DatasetKind | undefined => {
  const type = textOf(facet(facets, 'datasetType').datasetType)?.toUpperCase();
  return type === undefined ? undefined : kinds[type];
};

/** One column that feeds another, or whole rows, as a facet tells it. */
export interface ColumnInput {
  readonly from: DatasetName;
  readonly field: string;
  /** `null` for whole rows. */
  readonly to: string | null;
  readonly type: TransformationType;
  readonly subtype: TransformationSubtype;
  readonly description: string | null;
}

/** Inputs of the fields of a `columnLineage` facet in any of its versions. */
export const columnLineage = (facets: JsonRecord): readonly ColumnInput[] => {
  const { fields, dataset } = facet(facets, 'columnLineage');
  return [
    ...Object.entries(recordOf(fields)).flatMap(([to, field]) => fieldInputs(to, recordOf(field))),
    ...listOf(dataset).flatMap((input) => columnInputs(input, null, {})),
  ];
};

const fieldInputs = (to: string, field: JsonRecord): readonly ColumnInput[] =>
  listOf(field.inputFields).flatMap((input) => columnInputs(input, to, field));

/** One for each transformation; the old form has one for the whole field. */
export const columnInputs = (input: unknown, to: string | null, field: JsonRecord): readonly ColumnInput[] => {
  const record = recordOf(input);
  const [from, column] = [identifierOf(record), textOf(record.field)];
  if (!from || column === undefined) return [];
  const own = listOf(record.transformations).filter(isRecord);
  const transformations = own.length > 0 ? own : [oldTransformation(field, to)];
  return transformations.map((each) => ({ from, field: column, to, ...transformation(each) }));
};

const oldTransformation = (
  { transformationType, transformationDescription }: JsonRecord,
  to: string | null,
): JsonRecord => ({
  type: to === null ? 'INDIRECT' : 'DIRECT',
  subtype: textOf(transformationType)?.toUpperCase(),
  description: transformationDescription,
});

const subtypes: ReadonlySet<string> = new Set<TransformationSubtype>([
  ...(['IDENTITY', 'TRANSFORMATION', 'AGGREGATION', 'JOIN', 'GROUP_BY', 'FILTER', 'SORT', 'WINDOW'] as const),
  'CONDITIONAL',
]);

const isSubtype = (text: string): text is TransformationSubtype => subtypes.has(text);

const transformation = ({
  type,
  subtype,
  description,
}: JsonRecord): Pick<ColumnInput, 'type' | 'subtype' | 'description'> => {
  const kind = textOf(type)?.toUpperCase() === 'INDIRECT' ? 'INDIRECT' : 'DIRECT';
  const text = textOf(subtype)?.toUpperCase() ?? '';
  const known = isSubtype(text) ? text : undefined;
  return {
    type: kind,
    subtype: known ?? (kind === 'DIRECT' ? 'TRANSFORMATION' : 'CONDITIONAL'),
    description: textOf(description) ?? null,
  };
};

/** Rows that an output says were written to it. */
export const rowCountOf = (output: JsonRecord): string | null =>
  countOf(facet(recordOf(output.outputFacets), 'outputStatistics').rowCount);
