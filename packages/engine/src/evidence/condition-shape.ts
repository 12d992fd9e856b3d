import type { ColumnExpression, Expression, LiteralExpression, RowTest } from '@aegis/spec';

/** Columns that an expression reads, each once. */
export const columnsOf = (expression: Expression): readonly ColumnExpression[] => [
  ...new Map(
    nodesOf(expression).flatMap((node) => (node.kind === 'column' ? [[node.name, node] as const] : [])),
  ).values(),
];

/** The one column whose values a test judges; `undefined` where it reads several, or SQL that a person wrote. */
export const judgedColumn = (test: RowTest): ColumnExpression | undefined => {
  const columns = readColumns(test);
  return columns.length === 1 ? columns[0] : undefined;
};

const readColumns = (test: RowTest): readonly ColumnExpression[] => {
  if (test.kind !== 'condition') return test.keys;
  const isOpaque = nodesOf(test.condition).some(({ kind }) => kind === 'user_sql');
  return isOpaque ? [] : columnsOf(test.condition);
};

/** Values of which one is demanded: the list of a `NOT … IN`. */
export const demandedValues = (test: RowTest): readonly LiteralExpression[] => {
  if (test.kind !== 'condition') return [];
  return nodesOf(test.condition).flatMap((node) =>
    node.kind === 'not' && node.operand.kind === 'in' ? node.operand.values : [],
  );
};

/** Patterns of which a match is demanded. */
export const demandedPatterns = (test: RowTest): readonly string[] => {
  if (test.kind !== 'condition') return [];
  return nodesOf(test.condition).flatMap((node) =>
    node.kind === 'not' && node.operand.kind === 'matches' ? [node.operand.pattern] : [],
  );
};

/** Whether a test is of NULL alone, so that all failing values are the same one. */
export const isNullTest = (test: RowTest): boolean => test.kind === 'condition' && test.condition.kind === 'is_null';

/** The expression with other columns in place of some, by name. */
export const withColumns = (
  expression: Expression,
  replacements: ReadonlyMap<string, ColumnExpression>,
): Expression => {
  if (expression.kind === 'column') return replacements.get(expression.name) ?? expression;
  const replaced = Object.entries(expression).map(([key, value]) => [key, replacedIn(value, replacements)]);
  return Object.fromEntries(replaced) as Expression;
};

const replacedIn = (value: unknown, replacements: ReadonlyMap<string, ColumnExpression>): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => replacedIn(item, replacements));
  return isExpression(value) ? withColumns(value, replacements) : value;
};

const nodesOf = (expression: Expression): readonly Expression[] => [
  expression,
  ...Object.values(expression).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isExpression).flatMap(nodesOf) : isExpression(value) ? nodesOf(value) : [],
  ),
];

const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && 'kind' in value && !('native' in value);
