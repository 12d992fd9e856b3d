import { type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { facet } from './facets.js';

/** What facets of a dataset say that nobody can use, because it does not say what it is about. */
export const facetDefects = (facets: JsonRecord): readonly string[] => [
  ...listDefects(
    facet(facets, 'schema').fields,
    'the fields of its schema',
    isNamed,
    'a field of its schema has no name',
  ),
  ...listDefects(
    facet(facets, 'symlinks').identifiers,
    'its symlinks',
    isIdentifier,
    'a symlink has no namespace or no name',
  ),
  ...columnDefects(facet(facets, 'columnLineage')),
];

/** What an event, or a facet, gives in place of a list. */
export const listDefect = (value: unknown, what: string): readonly string[] =>
  value === undefined || value === null || Array.isArray(value) ? [] : [`${what} are no list`];

const listDefects = (
  value: unknown,
  what: string,
  isWhole: (entry: JsonRecord) => boolean,
  defect: string,
): readonly string[] => (listOf(value).every((entry) => isWhole(recordOf(entry))) ? listDefect(value, what) : [defect]);

const isNamed = ({ name }: JsonRecord): boolean => textOf(name) !== undefined;

const isIdentifier = ({ namespace, name }: JsonRecord): boolean =>
  textOf(namespace) !== undefined && textOf(name) !== undefined;

const isColumn = (input: JsonRecord): boolean => isIdentifier(input) && textOf(input.field) !== undefined;

const columnDefects = ({ fields, dataset }: JsonRecord): readonly string[] => {
  const ofFields = Object.values(recordOf(fields)).map((field) => recordOf(field).inputFields);
  const defect = 'an input of its column lineage has no namespace, no name or no field';
  return [...ofFields, dataset].flatMap((inputs) =>
    listDefects(inputs, 'inputs of its column lineage', isColumn, defect),
  );
};
