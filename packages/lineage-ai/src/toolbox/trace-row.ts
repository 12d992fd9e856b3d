import type { ColumnEdge, JoinedDataset, LineageGraph } from '@aegis/lineage';
import { type ColumnDescription, type Expression, isAegisError, type JsonValue } from '@aegis/spec';
import { and, compare, isNull, literalFor } from '@aegis/sql';
import type { GraphTables } from './graph-tables.js';
import type { LiveTable } from './located-table.js';
import { type Reader, readRows } from './reading.js';
import type { RowTrace, TracedRows } from './results.js';
import { columnsOf } from './sample-table.js';
import { Refusal } from './tool-result.js';

export type RowKey = { readonly [column: string]: JsonValue };

const rowsEach = 5;
const mostTables = 20;

interface Step {
  readonly dataset: JoinedDataset;
  readonly key: RowKey;
  readonly distance: number;
}

interface Tracing {
  readonly graph: LineageGraph;
  readonly tables: GraphTables;
  readonly reader: Reader;
}

/**
 * The row with a key, and the rows that it came from: the key is followed as long as column lineage says that it is carried
 * on unchanged. @throws Refusal
 */
export const traceRow = async (dataset: JoinedDataset, key: RowKey, tracing: Tracing): Promise<RowTrace> => {
  const first = await rowsOf({ dataset, key, distance: 0 }, tracing);
  const found: TracedRows[] = [first];
  const notFollowed: RowTrace['notFollowed'][number][] = [];
  const seen = new Set([dataset.id]);
  const waiting: Step[] = [{ dataset, key, distance: 0 }];
  for (let step = waiting.shift(); step !== undefined && found.length < mostTables; step = waiting.shift()) {
    for (const next of nextSteps(step, tracing.graph)) {
      if (seen.has(next.dataset.id)) continue;
      seen.add(next.dataset.id);
      const read = await followed(next, tracing);
      if ('reason' in read) notFollowed.push(read);
      else {
        found.push(read);
        waiting.push({ dataset: next.dataset, key: next.key ?? {}, distance: next.distance });
      }
    }
  }
  return { table: first.table, found, notFollowed };
};

type NextStep = Omit<Step, 'key'> & { readonly key: RowKey | undefined; readonly reason: string };

const nextSteps = ({ dataset, key, distance }: Step, graph: LineageGraph): readonly NextStep[] => {
  const edges = graph.columnEdgesInto(dataset.id);
  const inputs = new Set(graph.operationsInto(dataset.id).flatMap((operation) => operation.inputs));
  return [...inputs].flatMap((id) => {
    const input = graph.dataset(id);
    if (!input || id === dataset.id) return [];
    return [{ dataset: input, distance: distance + 1, ...carried(key, edges, input) }];
  });
};

/** The key under the names that it has in an input; `undefined` where a part of it is not known there. */
const carried = (
  key: RowKey,
  edges: readonly ColumnEdge[],
  { id }: JoinedDataset,
): Pick<NextStep, 'key' | 'reason'> => {
  const parts: [string, JsonValue][] = [];
  for (const [column, value] of Object.entries(key)) {
    const source = edges.find((edge) => edge.from.dataset === id && isSame(edge, column));
    if (!source) return { key: undefined, reason: `no column of it is known to hold ${column} unchanged` };
    parts.push([source.from.column, value]);
  }
  return { key: Object.fromEntries(parts), reason: '' };
};

const isSame = ({ to, subtype }: ColumnEdge, column: string): boolean =>
  subtype === 'IDENTITY' && to.column?.toLowerCase() === column.toLowerCase();

const followed = async (
  { dataset, key, distance, reason }: NextStep,
  tracing: Tracing,
): Promise<TracedRows | RowTrace['notFollowed'][number]> => {
  const table = tracing.graph.shortName(dataset.id);
  if (key === undefined) return { table, reason };
  try {
    return await rowsOf({ dataset, key, distance }, tracing);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { table, reason: error.message };
  }
};

const rowsOf = async ({ dataset, key, distance }: Step, { tables, reader }: Tracing): Promise<TracedRows> => {
  const live = await tables.live(dataset);
  const condition = and(...Object.entries(key).map(([name, value]) => partOf(name, value, live)));
  const { dialect } = reader.warehouse;
  const sql = dialect.statement({ kind: 'rows', from: { table: live.table }, condition, limit: rowsEach + 1 });
  const { rows, truncated } = await readRows({ sql, tables: [live] }, rowsEach, reader);
  return { table: tables.written(live), distance, key: reader.redactor.row(key), rows, truncated: truncated !== null };
};

const partOf = (name: string, value: JsonValue, live: LiveTable): Expression => {
  const { type, name: spelled } = columnOf(name, live);
  const operand = { kind: 'column', name: spelled, type } as const;
  if (value === null) return isNull(operand);
  try {
    return compare(operand, '=', literalFor(operand, String(value), 'UTC'));
  } catch (error) {
    throw new Refusal('invalid_arguments', isAegisError(error) ? error.message : `${name} cannot be compared.`);
  }
};

const columnOf = (name: string, { description }: LiveTable): ColumnDescription => {
  const exact = description.columns.find((column) => column.name === name);
  const found = exact ?? description.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new Refusal('not_found', `There is no column "${name}". ${columnsOf(description)}`);
};
