import type { Measurements } from '@aegis/rules';
import type { ColumnDescription } from '@aegis/spec';

/** The columns of the table, as the warehouse describes them. */
export const describedColumns = ({ columns }: Measurements): readonly ColumnDescription[] =>
  typeof columns === 'string' ? (JSON.parse(columns) as readonly ColumnDescription[]) : [];

/** Exactly, else by a unique match without case, as rules find their columns. */
export const findColumn = (columns: readonly ColumnDescription[], name: string): ColumnDescription | undefined => {
  const alike = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  return alike.find((column) => column.name === name) ?? (alike.length === 1 ? alike[0] : undefined);
};
