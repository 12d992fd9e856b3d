import type { ColumnExpression, Dialect, Expression, TableName, UserSqlExpression } from '@aegis/spec';

/** Rows chosen by a condition, or by a value that does not occur in a column of another table. */
export type ChosenRows =
  | { readonly kind: 'condition'; readonly condition: Expression }
  | {
      readonly kind: 'unmatched';
      readonly column: ColumnExpression;
      readonly reference: TableName;
      readonly referenceColumn: ColumnExpression;
    };

/** What a column is set to: NULL, one expression, or the first of several whose condition holds. */
export type NewValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'first_of';
      readonly choices: readonly { readonly when: Expression; readonly value: Expression }[];
    };

/** A change of one column of some rows, as it is proposed to people. Nothing here runs it. */
export interface RowChange {
  readonly column: ColumnExpression;
  readonly value: NewValue;
  readonly rows: ChosenRows;
}

/** The change as one UPDATE of `table`; `where` is the filter of the rule. */
export const rowChangeSql = (
  { column, value, rows }: RowChange,
  { table, where }: { readonly table: TableName; readonly where?: UserSqlExpression | undefined },
  dialect: Dialect,
): string => {
  const conditions = [...(where ? [dialect.expression(where)] : []), chosen(rows, dialect)];
  return [
    `UPDATE ${dialect.tableName(table)}`,
    `SET ${dialect.quoteIdentifier(column.name)} = ${valueSql(value, dialect)}`,
    `WHERE ${conditions.join('\n  AND ')}`,
  ].join('\n');
};

const valueSql = (value: NewValue, dialect: Dialect): string => {
  if (value.kind === 'null') return 'NULL';
  if (value.kind === 'expression') return dialect.expression(value.expression);
  const cases = value.choices.map(
    (choice) => `\n  WHEN ${dialect.expression(choice.when)} THEN ${dialect.expression(choice.value)}`,
  );
  return `CASE${cases.join('')}\nEND`;
};

const chosen = (rows: ChosenRows, dialect: Dialect): string => {
  if (rows.kind === 'condition') return dialect.expression(rows.condition);
  const own = dialect.quoteIdentifier(rows.column.name);
  const other = dialect.quoteIdentifier(rows.referenceColumn.name);
  const keys = `SELECT ${other} FROM ${dialect.tableName(rows.reference)} WHERE ${other} IS NOT NULL`;
  return `${own} IS NOT NULL\n  AND ${own} NOT IN (${keys})`;
};
