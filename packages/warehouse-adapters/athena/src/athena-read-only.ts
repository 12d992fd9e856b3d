import { WarehouseError } from '@aegis/spec';

/** White space, comments and opening brackets. A comment that a lone carriage return might end is none. */
const before = /^(?:\s|\(|--[^\r\n]*(?:\r?\n|$)|\/\*[\s\S]*?\*\/)*/;
const query = /^(?:select|with|values|table)\b/i;

/** First words of Athena's other statements. */
const others: ReadonlySet<string> = new Set([
  ...['alter', 'analyze', 'call', 'comment', 'commit', 'create', 'deallocate', 'delete', 'deny', 'desc', 'describe'],
  ...['drop', 'execute', 'explain', 'export', 'grant', 'import', 'insert', 'load', 'merge', 'msck', 'optimize'],
  ...['prepare', 'refresh', 'reset', 'revoke', 'rollback', 'set', 'show', 'start', 'truncate', 'unload', 'update'],
  ...['use', 'using', 'vacuum'],
]);

/**
 * Athena has no read-only mode, but runs one statement at a time, and whatever begins as a query only reads.
 * @see https://docs.aws.amazon.com/athena/latest/ug/ddl-sql-reference.html
 * @throws WarehouseError `authorization` for another statement, `syntax` for none
 */
export const refuseAllButQueries = (sql: string): void => {
  const statement = sql.replace(before, '');
  if (query.test(statement)) return;
  const word = /^\w*/.exec(statement)?.[0].toUpperCase() ?? '';
  if (others.has(word.toLowerCase()))
    throw new WarehouseError('authorization', `only SELECT runs on a read-only warehouse, not ${word}`);
  throw new WarehouseError('syntax', `a query begins with SELECT or WITH${word && `, not ${word}`}`);
};
