import type { LineageGraph } from '@aegis/lineage';
import type { Row } from '@aegis/spec';
import { onlyCompares } from './compared-tokens.js';
import type { GraphTables } from './graph-tables.js';
import { type LiveTable, possibleNames } from './located-table.js';
import { maskByOrigin } from './mask-by-origin.js';
import { ofGuard, type Reader, readRows, restored } from './reading.js';
import type { QueryRows } from './results.js';
import { Refusal } from './tool-result.js';

/** What was found of a scope by its names. */
type Scope = ReadonlyMap<string, readonly string[]>;

/** Runs what the guard rendered of a query that reads tables of the graph alone. @throws Refusal */
export const guardedQuery = async (
  sql: string,
  rowLimit: number,
  { graph, tables, reader }: { readonly graph: LineageGraph; readonly tables: GraphTables; readonly reader: Reader },
): Promise<QueryRows> => {
  const guard = await reader.loadGuard();
  const limit = Math.min(rowLimit, reader.limits.maxRows);
  const scope = scopeOf(graph);
  const { dialect } = reader.warehouse;
  const names = [...scope.keys()].map(partsOf);
  const whole = restoredQuery(sql, reader);
  const read = ofGuard(() => guard.read(whole, dialect, { tables: names, rowLimit: limit + 1 }));
  const live = await Promise.all(read.tables.map((parts) => liveTable(parts, scope, { graph, tables })));
  const mask = await maskByOrigin(read.sql, live, reader);
  const told = await readRows({ sql: read.sql, tables: live }, limit, reader, mask);
  const nameOf = (name: string): string => (whole === sql ? name : reader.redactor.text(name));
  return {
    ...{ sql: reader.redactor.text(read.sql), tables: live.map((each) => tables.written(each)) },
    ...{ columns: told.columns.map(nameOf), rows: told.rows.map((row) => renamed(row, nameOf)) },
    ...{ truncated: told.truncated, rowLimit: limit },
  };
};

/** @throws Refusal `invalid_arguments` where a token would be more than compared */
const restoredQuery = (sql: string, { redactor }: Reader): string => {
  const whole = restored(sql, redactor);
  if (whole === sql || onlyCompares(sql)) return whole;
  throw new Refusal(
    'invalid_arguments',
    "Tokens such as <email:1> can only be compared, as in WHERE email = '<email:1>'; leave comments out.",
  );
};

/** Columns without an alias are called by their SQL, with the values that stand in it. */
const renamed = (row: Row, nameOf: (name: string) => string): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [nameOf(name), value]));

const keyOf = (parts: readonly string[]): string => JSON.stringify(parts);

const partsOf = (key: string): readonly string[] => JSON.parse(key);

/** Dataset ids by every name that the warehouse may know them by. */
const scopeOf = (graph: LineageGraph): Scope => {
  const scope = new Map<string, readonly string[]>();
  for (const dataset of graph.datasets)
    for (const parts of possibleNames(dataset))
      scope.set(keyOf(parts), [...(scope.get(keyOf(parts)) ?? []), dataset.id]);
  return scope;
};

/**
 * A name without its catalog means the dataset only where the warehouse does not know it with one: else it is another table.
 * @throws Refusal `not_live`, `out_of_scope`
 */
const liveTable = async (
  parts: readonly string[],
  scope: Scope,
  { graph, tables }: { readonly graph: LineageGraph; readonly tables: GraphTables },
): Promise<LiveTable> => {
  const meant = (scope.get(keyOf(parts)) ?? []).flatMap((id) => graph.dataset(id) ?? []);
  const live = await Promise.all(meant.map(async (dataset) => tables.live(dataset).catch((error: unknown) => error)));
  const found = live.find((each) => isLive(each) && each.table.parts.length === parts.length);
  if (isLive(found)) return found;
  const other = live.find(isLive);
  if (other) throw new Refusal('out_of_scope', `Read ${tables.written(other)}, written just so.`);
  throw live[0] ?? new Refusal('not_live', `${parts.join('.')} cannot be read.`);
};

const isLive = (value: unknown): value is LiveTable =>
  typeof value === 'object' && value !== null && 'liveness' in value;
