import type { JoinedDataset, LineageGraph } from '@aegis/lineage';
import type { RuntimeTool } from '@aegis/llm';
import { Redactor } from '@aegis/llm/redaction';
import { isAegisError, type JsonValue, type Warehouse } from '@aegis/spec';
import type { SqlGuard } from '@aegis/sql/guard';
import { columnStats } from './column-stats.js';
import { GraphTables, nodeKind } from './graph-tables.js';
import { guardedQuery } from './guarded-query.js';
import { type Limits, limitsOf, type ToolLimits } from './limits.js';
import type { Reader } from './reading.js';
import type {
  GraphNode,
  GraphNodes,
  OperationsOf,
  QueryRows,
  RowTrace,
  TableSchema,
  TableStats,
  UpstreamTrace,
} from './results.js';
import { sampleTable } from './sample-table.js';
import { operationsOf, schemaOf, upstreamOf } from './structure.js';
import { Refusal, type ToolResult } from './tool-result.js';
import { type ToolAnswer, type ToolDefinition, tools } from './tools.js';
import { type RowKey, traceRow } from './trace-row.js';

export interface ToolboxOptions {
  /** To be opened read-only. Without one, only structure can be asked for. */
  readonly warehouse?: Warehouse | undefined;
  /** What the graph calls it, where tables of several warehouses are in the graph. */
  readonly warehouseName?: string | undefined;
  readonly limits?: ToolLimits | undefined;
  /** Masks every value and text of a result. Default: the built-in patterns and column names. */
  readonly redactor?: Redactor | undefined;
  /** Default: `loadGuard` of `@aegis/sql/guard`, at the first query. */
  readonly loadGuard?: (() => Promise<SqlGuard>) | undefined;
}

export interface ListOptions {
  /** Only datasets whose name contains this, whatever its case. */
  readonly contains?: string | undefined;
  /** Default 200. */
  readonly limit?: number | undefined;
}

const defaultNodes = 200;
const defaultRows = 100;
const defaultSample = 20;
const defaultDepth = 10;

/**
 * Bounded tools over a lineage graph and the tables in it, for models, MCP clients and scripts. Nothing outside the graph is
 * read, no text that came in is executed, values are masked, and what cannot be done is an answer with a reason: no method
 * rejects.
 */
export class LineageToolbox {
  /** What the tools are called and take. */
  static readonly definitions: readonly ToolDefinition[] = tools.map(({ name, description, parameters }) => ({
    ...{ name, description, parameters },
  }));

  readonly graph: LineageGraph;
  readonly #options: ToolboxOptions;
  readonly #limits: Limits;
  readonly #redactor: Redactor;
  readonly #tables: GraphTables;
  #guard: Promise<SqlGuard> | undefined;

  /** Opens nothing. @throws ConfigError `invalid` for limits that are no whole numbers above 0 */
  constructor(graph: LineageGraph, options: ToolboxOptions = {}) {
    const { warehouse, warehouseName } = options;
    this.graph = graph;
    this.#options = options;
    this.#limits = limitsOf(options.limits);
    this.#redactor = options.redactor ?? new Redactor({ maskColumns: [], keepColumns: [] }, { scrub: (text) => text });
    this.#tables = new GraphTables(graph, { warehouse, warehouseName });
  }

  /** The tools as a model's runtime takes them. */
  get tools(): readonly RuntimeTool[] {
    return LineageToolbox.definitions.map((definition) => ({
      ...definition,
      run: (input, signal) => this.dispatch(definition.name, input, signal),
    }));
  }

  /** Calls a tool by its name with arguments as a model gave them. Never rejects. */
  async dispatch(name: string, input: JsonValue, signal?: AbortSignal): Promise<ToolAnswer> {
    const tool = tools.find((each) => each.name === name);
    if (tool) return tool.call(this, input, signal);
    const message = `There is no tool "${name}". The tools are ${tools.map((each) => each.name).join(', ')}.`;
    return {
      ...{ tool: name, content: `not_found: ${message}`, isError: true },
      result: { ok: false, error: { kind: 'not_found', message } },
    };
  }

  listGraphNodes({ contains = '', limit = defaultNodes }: ListOptions = {}, _signal?: AbortSignal) {
    return this.#attempt(async (): Promise<GraphNodes> => {
      checkCount('limit', limit);
      const asked = this.graph.datasets.filter((dataset) => isMeant(dataset, contains));
      const nodes = await Promise.all(asked.slice(0, limit).map((dataset) => this.#node(dataset)));
      return { nodes, total: asked.length, isTruncated: asked.length > limit };
    });
  }

  getOpSql(table: string, _signal?: AbortSignal) {
    return this.#attempt(async (): Promise<OperationsOf> => {
      const dataset = this.#tables.find(table);
      const name = await this.#tables.nameOf(dataset);
      const { maxResultBytes: maxBytes } = this.#limits;
      return { table: name, ...operationsOf(this.graph, dataset, { mask: this.#mask, maxBytes }) };
    });
  }

  getSchema(table: string, _signal?: AbortSignal) {
    return this.#attempt(async (): Promise<TableSchema> => {
      const dataset = this.#tables.find(table);
      const located = await this.#tables.locate(dataset);
      const name = await this.#tables.nameOf(dataset);
      const schema = schemaOf(this.graph, dataset, located, { table: name, mask: this.#mask });
      if (schema.columns.length > 0 || located.liveness === 'live') return schema;
      throw new Refusal('not_live', `The columns of ${name} are not known: ${located.reason}.`);
    });
  }

  queryTable(sql: string, rowLimit: number = defaultRows, signal?: AbortSignal) {
    return this.#attempt(async (): Promise<QueryRows> => {
      checkCount('row_limit', rowLimit);
      return guardedQuery(sql, rowLimit, { graph: this.graph, tables: this.#tables, reader: this.#reader(signal) });
    });
  }

  sampleTable(table: string, limit: number = defaultSample, where?: string, signal?: AbortSignal) {
    return this.#attempt(async (): Promise<QueryRows> => {
      checkCount('limit', limit);
      const live = await this.#tables.live(this.#tables.find(table));
      return sampleTable(live, this.#tables.written(live), { limit, where }, this.#reader(signal));
    });
  }

  getColumnStats(table: string, signal?: AbortSignal) {
    return this.#attempt(async (): Promise<TableStats> => {
      const live = await this.#tables.live(this.#tables.find(table));
      return columnStats(live, this.#tables.written(live), this.#reader(signal));
    });
  }

  traceUpstream(table: string, depth: number = defaultDepth, _signal?: AbortSignal) {
    return this.#attempt(async (): Promise<UpstreamTrace> => {
      checkCount('depth', depth);
      return upstreamOf(this.graph, this.#tables.find(table), depth);
    });
  }

  /** `key` names columns and their values, e.g. `{ order_id: 7 }`. */
  traceRow(table: string, key: RowKey, signal?: AbortSignal) {
    return this.#attempt(async (): Promise<RowTrace> => {
      if (Object.keys(key).length === 0) throw new Refusal('invalid_arguments', 'The key names no column.');
      const parts = { graph: this.graph, tables: this.#tables, reader: this.#reader(signal) };
      return traceRow(this.#tables.find(table), this.#unmasked(key), parts);
    });
  }

  async #node(dataset: JoinedDataset): Promise<GraphNode> {
    const { liveness } = await this.#tables.locate(dataset);
    return {
      ...{ name: await this.#tables.nameOf(dataset), id: dataset.id, liveness, form: dataset.kind },
      kind: nodeKind(this.graph, dataset),
      operations: this.graph.operationsInto(dataset.id).length,
    };
  }

  readonly #mask = (text: string): string => this.#redactor.text(text);

  #unmasked(key: RowKey): RowKey {
    const back = (value: JsonValue): JsonValue => (typeof value === 'string' ? this.#redactor.restore(value) : value);
    return Object.fromEntries(Object.entries(key).map(([column, value]) => [column, back(value)]));
  }

  /** @throws Refusal `not_live` */
  #reader(signal: AbortSignal | undefined): Reader {
    const { warehouse } = this.#options;
    if (!warehouse) throw new Refusal('not_live', 'No warehouse is connected, so no values can be read.');
    const loadGuard = () => {
      this.#guard ??= (this.#options.loadGuard ?? loadOwnGuard)();
      return this.#guard;
    };
    return { warehouse, limits: this.#limits, redactor: this.#redactor, loadGuard, signal };
  }

  async #attempt<Value>(work: () => Promise<Value>): Promise<ToolResult<Value>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      const kind = error instanceof Refusal ? error.kind : 'failed';
      return { ok: false, error: { kind, message: this.#redactor.text(messageOf(error)) } };
    }
  }
}

const loadOwnGuard = async (): Promise<SqlGuard> => (await import('@aegis/sql/guard')).loadGuard();

const isMeant = ({ id, name }: JoinedDataset, contains: string): boolean =>
  [id, name].some((text) => text.toLowerCase().includes(contains.toLowerCase()));

const checkCount = (name: string, value: number): void => {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new Refusal('invalid_arguments', `${name} is ${value}; give a whole number above 0.`);
};

const messageOf = (error: unknown): string => {
  if (isAegisError(error) && error.hint !== undefined) return `${error.message} ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
};
