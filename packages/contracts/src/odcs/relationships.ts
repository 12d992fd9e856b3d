import { isMapping } from '../source/values.js';
import type { ContractProperty, Relationship } from './contract-schema.js';
import { type Context, cannot, type Meaning, means, type Promised } from './promise.js';
import { columnOf, type Subject } from './subject.js';

/** Foreign keys: those of a property start at it, those of an object say from where. */
export const relationshipChecks = (subject: Subject, context: Context): readonly Promised[] => {
  const { relationships } = subject.property ?? subject.object;
  return relationships.map((relationship, index) => {
    const own = ownRule(relationship);
    return {
      check: 'relationship',
      key: `references_${keyOf(relationship, relationships.slice(0, index))}`,
      at: ['relationships', index],
      meaning: relationshipMeaning(subject, relationship, context),
      ...(own && { own, ...ownWords(own) }),
    };
  });
};

/** What it leads to, numbered from the second to the same on. */
const keyOf = (relationship: Relationship, before: readonly Relationship[]): string => {
  const target = ({ to }: Relationship): string =>
    [to]
      .flat()
      .join('_')
      .replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
  const same = before.filter((each) => target(each) === target(relationship)).length;
  return same === 0 ? target(relationship) : `${target(relationship)}_${same + 1}`;
};

/** Metadata of a rule that Aegis exported as a relationship, which has no words for it. */
const ownRule = ({ customProperties }: Relationship): { readonly [key: string]: unknown } | undefined => {
  const entries = Array.isArray(customProperties) ? customProperties.filter(isMapping) : [];
  const value = entries.find(({ property }) => property === 'aegisRule')?.value;
  return isMapping(value) ? value : undefined;
};

const ownWords = ({ severity, description, tags }: { readonly [key: string]: unknown }) => ({
  ...(typeof severity === 'string' && { severity }),
  ...(typeof description === 'string' && { description }),
  ...(Array.isArray(tags) && { tags: tags.map(String) }),
});

const relationshipMeaning = (subject: Subject, { from, to, type }: Relationship, context: Context): Meaning => {
  if (type !== undefined && type !== 'foreignKey') return cannot(`relationships of type ${type} have no rule`);
  const child = startOf(subject, [from ?? []].flat(), context);
  if (typeof child === 'string') return cannot(child);
  const parent = endpoint([to].flat(), context);
  if (typeof parent === 'string') return cannot(parent, 'Write a rule of type foreign_key for it.');
  if (child.table !== subject.table) return cannot(`it starts at another object: ${child.label}`);
  if (child.columns.length !== parent.columns.length) return cannot('it has not as many ends as starts');
  return means(foreignKey(child.columns, parent));
};

const foreignKey = (columns: readonly string[], parent: Endpoint) => ({
  type: 'foreign_key',
  ...(columns.length === 1 ? { column: columns[0] } : { columns }),
  reference_table: parent.table,
  ...(columns.length === 1 ? { reference_column: parent.columns[0] } : { reference_columns: parent.columns }),
});

/** A relationship of a property starts at it. */
const startOf = (subject: Subject, from: readonly string[], context: Context): Endpoint | string =>
  subject.column === undefined
    ? endpoint(from, context)
    : { table: subject.table, label: subject.object.name, columns: [subject.column] };

interface Endpoint {
  readonly table: string;
  readonly label: string;
  readonly columns: readonly string[];
}

/** The columns that references lead to, all of one object of the contract; else what is wrong with them. */
const endpoint = (references: readonly string[], context: Context): Endpoint | string => {
  const found = references.map((reference) => lookUp(reference, context));
  const fault = found.find((each) => typeof each === 'string');
  if (fault !== undefined) return fault;
  const ends = found.filter((each) => typeof each !== 'string');
  const [first] = ends;
  if (first === undefined) return 'it does not say from where';
  if (ends.some(({ subject }) => subject !== first.subject)) return 'its ends are in several objects';
  return { table: first.subject.table, label: first.subject.object.name, columns: ends.map(({ column }) => column) };
};

interface End {
  readonly subject: Subject;
  readonly column: string;
}

const lookUp = (reference: string, { objects }: Context): End | string => {
  if (/\.ya?ml#/.test(reference)) return `${reference} is in another file`;
  const path = reference.includes('/') ? byIds(reference) : byNames(reference);
  if (path === undefined) return `${reference} is no reference to a property`;
  const subject = objects.find(({ object }) => path.is(object, path.object));
  if (subject === undefined) return `${path.object} is not in the contract`;
  const property = subject.object.properties.find((each) => path.is(each, path.property));
  return property === undefined
    ? `${subject.object.name} has no property ${path.property}`
    : { subject, column: columnOf(property) };
};

interface ReferencePath {
  readonly object: string;
  readonly property: string;
  is(element: Pick<ContractProperty, 'id' | 'name'>, wanted: string): boolean;
}

/** `receivers.id`: names, the last of which is the property. */
const byNames = (reference: string): ReferencePath | undefined => {
  const dot = reference.lastIndexOf('.');
  if (dot < 1 || dot === reference.length - 1) return undefined;
  return {
    object: reference.slice(0, dot),
    property: reference.slice(dot + 1),
    is: ({ name }, wanted) => name === wanted,
  };
};

/** `schema/receivers_obj/properties/receiver_id_prop`: ids. */
const byIds = (reference: string): ReferencePath | undefined => {
  const [section, object, list, property, ...more] = reference.replace(/^#?\//, '').split('/');
  if (section !== 'schema' || object === undefined || list !== 'properties' || property === undefined) return undefined;
  return more.length > 0 ? undefined : { object, property, is: ({ id }, wanted) => id === wanted };
};
