import type { TracedOperation } from '@aegis/spec';
import { isAbsent, isNode, nodeFields, nodeKind, type SqlNode, type SqlParser } from '@aegis/sql/parse';

const queryKinds: ReadonlySet<string> = new Set(['select', 'union', 'intersect', 'except', 'paren', 'subquery']);

/** The query whose rows a statement writes; `undefined` where that is not all it does. */
const queryOf = (statement: SqlNode): SqlNode | undefined => {
  if (queryKinds.has(nodeKind(statement))) return statement;
  const { as_select, query, columns, on_conflict } = nodeFields(statement);
  if (nodeKind(statement) === 'insert') return isAbsent(columns) && isAbsent(on_conflict) ? nodeOf(query) : undefined;
  return nodeOf(as_select) ?? nodeOf(query);
};

const nodeOf = (value: unknown): SqlNode | undefined => (isNode(value as SqlNode) ? (value as SqlNode) : undefined);

/** The query of a recorded operation, in the grammar that it was recorded in. */
export const parsedQuery = (
  { sql, parserName }: TracedOperation,
  parser: SqlParser,
  grammar: string,
): SqlNode | undefined => {
  if (sql === null || (parserName !== null && parserName !== grammar)) return undefined;
  try {
    const [statement, ...more] = parser.parse(sql, grammar);
    return statement && more.length === 0 ? queryOf(statement) : undefined;
  } catch {
    return undefined;
  }
};
