import { uniqueKey } from '@aegis/rules/conversion';
import { means, type Promised } from './promise.js';
import { columnOf, type Subject } from './subject.js';

/** What a property promises by a word of its own: `required`, `unique`, and that of a primary key of one column. */
export const propertyChecks = ({ object, property, column = '' }: Subject): readonly Promised[] => {
  const isKey = property?.primaryKey === true && keyProperties(object.properties).length === 1;
  return [
    ...(property?.required ? [word('required', { type: 'not_null', column })] : []),
    ...(property?.unique ? [word('unique', { type: 'unique', column })] : []),
    ...(isKey ? [{ ...primaryKey([column]), at: ['primaryKey'] }] : []),
  ];
};

const word = (key: string, logic: { readonly type: string; readonly column: string }): Promised => ({
  check: key,
  key,
  at: [key],
  meaning: means(logic),
});

/** A primary key over several properties. */
export const compositeKey = ({ object }: Subject): readonly Promised[] => {
  const key = keyProperties(object.properties);
  return key.length > 1 ? [primaryKey(key.map(columnOf))] : [];
};

/** No part of a primary key is NULL. */
const primaryKey = (columns: readonly string[]): Promised => ({
  check: 'primaryKey',
  key: 'primary_key',
  at: [],
  meaning: means({ ...uniqueKey(columns), nulls: 'fail' }),
});

const keyProperties = (properties: Subject['object']['properties']): Subject['object']['properties'] =>
  properties
    .filter(({ primaryKey: isKey }) => isKey)
    .sort((a, b) => positionOf(a.primaryKeyPosition) - positionOf(b.primaryKeyPosition));

const positionOf = (position: number | undefined): number =>
  position === undefined || position < 1 ? Number.MAX_SAFE_INTEGER : position;
