import type { Catalog } from '@aegis/engine';
import { isAegisError, type TableDescription } from '@aegis/spec';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import type { KnownTable } from '../table-target.js';
import { counted } from './amounts.js';
import { referredThing, snakeCase, tableNamesFor } from './column-names.js';
import type { Draft } from './draft.js';
import { isKey } from './keys.js';

/** What may be referred to: the tables beside this one, and what is known of them. */
export interface References {
  readonly tables: readonly KnownTable[];
  readonly catalog: Catalog;
}

/** Columns that are called after another table refer to it. Whether they do, the check finds out. */
export const referenceDrafts = async (
  { columns }: TableProfile,
  { tables, catalog }: References,
): Promise<readonly Draft[]> => {
  const drafts: Draft[] = [];
  for (const column of columns.filter((each) => !isKey(each) && (each.nonNull ?? 0) > 0)) {
    const reference = await referenceOf(column, tables, catalog);
    if (reference) drafts.push(reference);
  }
  return drafts;
};

const referenceOf = async (
  column: ColumnProfile,
  tables: readonly KnownTable[],
  catalog: Catalog,
): Promise<Draft | undefined> => {
  const referred = referredThing(column.name);
  if (!referred) return undefined;
  const names = tableNamesFor(referred.thing);
  const parent = names.flatMap((name) => tables.find((table) => snakeCase(table.name) === name) ?? [])[0];
  const key =
    parent && (await describe(parent, catalog))?.columns.find(({ name }) => isKeyOf(name, column.name, referred.key));
  return parent && key && foreignKey(column, parent, key.name);
};

const isKeyOf = (parentColumn: string, column: string, key: string): boolean =>
  [snakeCase(column), key].includes(snakeCase(parentColumn));

/** A parent that cannot be described is none. */
const describe = async ({ table }: KnownTable, catalog: Catalog): Promise<TableDescription | undefined> => {
  try {
    return await catalog.describe(table);
  } catch (error) {
    if (isAegisError(error)) return undefined;
    throw error;
  }
};

const foreignKey = ({ name, nonNull = 0 }: ColumnProfile, parent: KnownTable, key: string): Draft => ({
  name: `${name}_in_${parent.name}`,
  type: 'foreign_key',
  logic: { column: name, reference_table: parent.written, reference_column: key },
  severity: 'high',
  description: `Every ${name} is there as ${key} in ${parent.name}, as in all of ${counted(nonNull, 'row')}.`,
  comments: [],
  origin: 'profile',
  value: 90,
});
