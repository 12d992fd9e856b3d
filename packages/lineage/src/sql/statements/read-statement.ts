import { isFields, isNode, nodeFields, nodeKind, type SqlFields, type SqlNode } from '@aegis/sql/parse';
import { tableNameOf } from '../names.js';
import { withDefinitions } from '../query.js';
import type { Scope } from '../scope.js';
import { readDelete, readUpdate } from './change.js';
import { readCopy, readLoadData } from './copy.js';
import { readCreateTable, readCreateView } from './create.js';
import { readAlterTable, readDropTables, readDropView, readTruncate } from './definition.js';
import { readInsert, readMultiInsert } from './insert.js';
import { type Made, madeNothing } from './made.js';
import { readMerge } from './merge.js';

type ReadStatement = (fields: SqlFields, scope: Scope, node: SqlNode) => readonly Made[];

/** What one statement makes: one entry for each table that it changes. */
export const readStatement = (node: SqlNode, scope: Scope): readonly Made[] => {
  const kind = nodeKind(node);
  const fields = nodeFields(node);
  const read = Object.hasOwn(statements, kind) ? statements[kind] : undefined;
  if (!read) return [{ ...madeNothing('other'), ...(opaque.has(kind) ? { unresolved: notUnderstood } : {}) }];
  if (read === readQueryStatement) return read(fields, scope, node);
  const definitions = fields.with ?? fields.with_cte ?? (isNode(fields.with_) ? nodeFields(fields.with_) : undefined);
  return read(fields, withDefinitions(definitions, scope), node);
};

const notUnderstood = 'the statement is not understood';

/** Kinds that hold text which the parser did not read. */
const opaque: ReadonlySet<string> = new Set(['raw', 'command', 'alias', 'column']);

/** `SELECT … INTO` makes a table. */
const readQueryStatement: ReadStatement = ({ into }, scope, node) => {
  const relation = scope.reader.readQuery(node, scope);
  const target = isFields(into) && isNode(into.this) ? nodeFields(into.this) : undefined;
  const { columns, rows } = relation;
  if (!target) return [{ kind: 'select', output: null, columns, rows }];
  return [{ kind: 'create_table_as', output: tableNameOf(target, scope.reader.parserName), columns, rows }];
};

const readExport: ReadStatement = ({ this: query }, scope) => {
  if (!isNode(query)) return [madeNothing('copy')];
  const { columns, rows } = scope.reader.readQuery(query, scope);
  return [{ kind: 'copy', output: null, columns, rows }];
};

const statements: { readonly [kind: string]: ReadStatement } = {
  select: readQueryStatement,
  union: readQueryStatement,
  intersect: readQueryStatement,
  except: readQueryStatement,
  subquery: readQueryStatement,
  values: readQueryStatement,
  pivot: readQueryStatement,
  create_table: readCreateTable,
  create_view: readCreateView,
  insert: readInsert,
  multitable_inserts: readMultiInsert,
  update: readUpdate,
  delete: readDelete,
  merge: readMerge,
  copy: readCopy,
  load_data: readLoadData,
  export: readExport,
  drop_table: readDropTables,
  drop_view: readDropView,
  truncate: readTruncate,
  alter_table: readAlterTable,
};
