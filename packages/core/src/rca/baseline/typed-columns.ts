import type { ColumnDescription, TableDescription } from '@aegis/spec';
import type { Profile, TypedColumn } from './profile.js';

/** Which columns a table has that it had not, and the other way round. */
export interface ColumnsChange {
  readonly gone: readonly string[];
  readonly added: readonly string[];
  readonly retyped: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

const mostColumns = 500;

/** `undefined` where they are too many to keep after every run. */
export const typedColumns = ({ columns }: TableDescription): readonly TypedColumn[] | undefined =>
  columns.length > mostColumns ? undefined : columns.map((column) => [column.name, typeText(column)]);

/** A type may hold labels, as those of `ENUM('a', 'b')` are values of rows: then its kind has to do. */
const typeText = ({ type: { kind, native } }: ColumnDescription): string =>
  /^[\w .[\]]*(\([\d, ]*\))?[\w .[\]]*$/.test(native) ? native : kind;

/** `undefined` where all is as it was, or it is not known what there was. */
export const columnsChange = (
  { columns: before }: Pick<Profile, 'columns'>,
  { columns: now }: Pick<Profile, 'columns'>,
): ColumnsChange | undefined => {
  if (!before || !now) return undefined;
  const [was, is] = [new Map(before), new Map(now)];
  const change: ColumnsChange = {
    gone: before.flatMap(([name]) => (is.has(name) ? [] : name)),
    added: now.flatMap(([name]) => (was.has(name) ? [] : name)),
    retyped: now.flatMap(([name, after]) => {
      const type = was.get(name);
      return type === undefined || type === after ? [] : [{ name, before: type, after }];
    }),
  };
  return change.gone.length + change.added.length + change.retyped.length > 0 ? change : undefined;
};
