import { type Field, unresolved } from './field.js';
import { type ColumnPart, closedFields, type Relation } from './relation.js';

/** A relation under an alias, its columns under those that are listed. */
export const renamed = (relation: Relation, alias: string | undefined, columns: readonly string[]): Relation => {
  const name = alias === undefined ? relation.name : [alias];
  const isTable = alias === undefined ? relation.isTable : undefined;
  const again = { ...relation, name, isTable };
  return columns.length > 0 ? { ...again, columns: withNames(relation, columns) } : again;
};

/** Columns under other names by position; those that no name is given for keep theirs. */
export const withNames = (
  relation: Pick<Relation, 'columns' | 'value'>,
  names: readonly string[],
): readonly ColumnPart[] => {
  const fields = closedFields(relation);
  if (!fields) return names.map((name) => fieldAt(name, relation));
  return fields.map((field, index) => ({ ...field, name: names[index] ?? field.name }));
};

const fieldAt = (name: string, { value }: Pick<Relation, 'value'>): Field => ({
  name,
  sql: name,
  ...(value ?? unresolved(`the position of ${name} among unknown columns is not known`)),
});
