import { isNode, nodeFields, nodeKind, type SqlNode } from '@aegis/sql/parse';
import { dottedName, identifierName } from './names.js';
import type { Reader } from './scope.js';

/** The name that an engine gives to a column without an alias. */
export const unnamedColumn = (node: SqlNode, index: number, reader: Reader): string => {
  const name = dottedName(node)?.at(-1);
  if (name !== undefined) return name;
  const { this: inner } = nodeFields(node);
  if (nodeKind(node) === 'paren' && isNode(inner)) return unnamedColumn(inner, index, reader);
  return (named[reader.parserName] ?? asWritten)(node, index, reader);
};

type Naming = (node: SqlNode, index: number, reader: Reader) => string;

const asWritten: Naming = (node, _, reader) => reader.render(node).replace(/^\w+\(/, (call) => call.toLowerCase());

/** PostgreSQL takes the name of the function, or of what is cast. */
const asPostgres: Naming = (node, index, reader) => {
  const kind = nodeKind(node);
  const { this: inner, name, expressions } = nodeFields(node);
  if (kind === 'cast' && isNode(inner)) return unnamedColumn(inner, index, reader);
  if (kind === 'subquery' && isNode(inner)) return unnamedColumn(inner, index, reader);
  if (kind === 'select' && Array.isArray(expressions) && isNode(expressions[0]))
    return aliasOrName(expressions[0], reader);
  if (kind === 'window_function' && isNode(inner)) return unnamedColumn(inner, index, reader);
  if (kind === 'function' || kind === 'aggregate_function') return String(name).toLowerCase();
  return namedByKind.has(kind) ? kind : '?column?';
};

const namedByKind: ReadonlySet<string> = new Set([
  ...['case', 'coalesce', 'count', 'sum', 'avg', 'min', 'max', 'string_agg', 'array_agg', 'row_number', 'rank'],
  ...['dense_rank', 'lag', 'lead', 'first_value', 'last_value', 'exists', 'greatest', 'least', 'upper', 'lower'],
]);

const aliasOrName = (node: SqlNode, reader: Reader): string =>
  identifierName(nodeFields(node).alias) ?? unnamedColumn(node, 0, reader);

const asDuckDb: Naming = (node, index, reader) => {
  const { star, left } = nodeFields(node);
  if (nodeKind(node) === 'count' && star === true) return 'count_star()';
  const text = asWritten(node, index, reader);
  return isNode(left) ? `(${text})` : text;
};

const named: { readonly [parserName: string]: Naming } = {
  postgresql: asPostgres,
  duckdb: asDuckDb,
  bigquery: (_, index) => `f${index}_`,
  trino: (_, index) => `_col${index}`,
  snowflake: (node, _, reader) => reader.render(node).toUpperCase(),
  hive: (_, index) => `_c${index}`,
};
