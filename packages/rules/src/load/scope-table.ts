import type { TableName } from '@aegis/spec';
import { parseTableName } from '../table-name.js';
import type { CheckedDocument } from './document-schema.js';
import type { Mistake } from './problem.js';

type Scope = Pick<CheckedDocument['scope'], 'table' | 'schema' | 'database'>;

/** The table of a scope, with `database` and `schema` in front; or what is wrong with it. */
export const scopeTable = (scope: Scope, baseDirectory: string | undefined): TableName | Mistake => {
  const table = parseTableName(scope.table, { baseDirectory });
  if (table.kind === 'invalid') return { path: ['scope', 'table'], message: table.message };
  return scope.schema === undefined && scope.database === undefined ? table : qualify(table, scope);
};

const qualify = (table: TableName, { schema, database }: Scope): TableName | Mistake => {
  if (table.kind === 'file') return clash(schema === undefined ? 'database' : 'schema', 'a data file has none');
  const expected = schema === undefined ? 2 : 1;
  if (table.parts.length > expected)
    return clash(schema === undefined ? 'database' : 'schema', 'table names it already');
  if (database !== undefined && schema === undefined && table.parts.length < 2) {
    return { path: ['scope', 'database'], message: 'must come with schema', hint: 'Add scope.schema.' };
  }
  return { kind: 'named', parts: [database, schema, ...table.parts].filter((part) => part !== undefined) };
};

const clash = (key: 'schema' | 'database', reason: string): Mistake => ({
  path: ['scope', key],
  message: `must be left out: ${reason}`,
});
