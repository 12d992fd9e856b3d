import type { Path } from '../source/source-document.js';
import type { ContractObject, ContractProperty } from './contract-schema.js';

/** What a check is about: an object of the contract, or one of its properties. */
export interface Subject {
  readonly object: ContractObject;
  /** As a rule names it. */
  readonly table: string;
  /** Absent for the object as a whole. */
  readonly property?: ContractProperty | undefined;
  /** The property as the table has it. */
  readonly column?: string | undefined;
  /** Names from the object to the property, for people. */
  readonly names: readonly string[];
  readonly path: Path;
}

/** `orders` or `orders.total`: how the contract calls it. */
export const labelOf = ({ names }: Subject): string => names.join('.');

export const columnOf = ({ physicalName, name }: Pick<ContractProperty, 'physicalName' | 'name'>): string =>
  physicalName ?? name;

/** A subject for each property of an object. */
export const propertySubjects = (subject: Subject): readonly Subject[] =>
  subject.object.properties.map((property, index) => ({
    ...subject,
    property,
    column: columnOf(property),
    names: [...subject.names, property.name],
    path: [...subject.path, 'properties', index],
  }));

/** Values inside a property: the fields of an object, the items of a list. No rule reaches into them. */
export const innerSubjects = (subject: Subject): readonly Subject[] => {
  const { properties = [], items } = subject.property ?? {};
  const fields = properties.map((property, index) => inner(subject, property, ['properties', index]));
  const listed = items ? [inner(subject, { ...bare, ...items, name: items.name ?? 'items' }, ['items'])] : [];
  return [...fields, ...listed].flatMap((each) => [each, ...innerSubjects(each)]);
};

const inner = (subject: Subject, property: ContractProperty, path: Path): Subject => ({
  ...subject,
  property,
  column: columnOf(property),
  names: [...subject.names, property.name],
  path: [...subject.path, ...path],
});

const bare = { tags: [], relationships: [], quality: [], customProperties: [] } as unknown as ContractProperty;
