import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { LineageGraph } from '../../graph/lineage-graph.js';
import type { OperationNode } from '../../graph/types.js';
import { choose } from '../../names/choose-name.js';
import { type DatasetName, tableName } from '../../names/dataset-name.js';
import { endsWith } from '../../names/name-index.js';
import { partsKey } from '../../names/parts.js';
import type { SqlColumnLineage, SqlTableName, StatementLineage } from '../../sql/types.js';
import type { SqlLineage } from '../sql-lineage.js';
import { inOrderOfMaking } from './making-order.js';

/**
 * Adds the column edges of every operation whose SQL is known and whose columns are not. Makers come before readers, so
 * that `*` over a table that other SQL made is understood.
 */
export const deriveColumns = async (builder: GraphBuilder, lineageOfSql: SqlLineage): Promise<void> => {
  if (!builder.operations.some(({ sql, hasColumns }) => sql !== null && !hasColumns)) return;
  const graph = builder.build();
  noteUnread(builder);
  const pending = inOrderOfMaking(graph, (operation) => isPending(operation, graph));
  const schemas = new Schemas(graph);
  for (const operation of pending) await deriveOperation(operation, graph, { builder, schemas, lineageOfSql });
};

/** Jobs with SQL that says nothing of columns, because they do not say enough of it. */
const noteUnread = ({ operations: all, problems }: GraphBuilder): void => {
  const unread = all.filter(({ kind, sql, hasColumns }) => kind === 'job' && sql !== null && !hasColumns);
  const withoutOutput = unread.filter(({ outputs }) => outputs.size === 0).length;
  const withoutDialect = unread.filter(({ outputs, parserName }) => outputs.size > 0 && parserName === null).length;
  if (withoutOutput > 0)
    problems.note('lineage', `the SQL of ${jobs(withoutOutput)} without outputs is not read for columns`);
  if (withoutDialect > 0)
    problems.note('lineage', `the SQL of ${jobs(withoutDialect)} without a dialect is not read for columns`);
};

const jobs = (count: number): string => (count === 1 ? '1 job' : `${count} jobs`);

interface Deriving {
  readonly builder: GraphBuilder;
  readonly schemas: Schemas;
  readonly lineageOfSql: SqlLineage;
}

const isPending = (operation: OperationNode, graph: LineageGraph): boolean =>
  operation.sql !== null &&
  operation.parserName !== null &&
  operation.outputs.length > 0 &&
  !graph.hasColumns(operation);

const deriveOperation = async (operation: OperationNode, graph: LineageGraph, deriving: Deriving): Promise<void> => {
  const { builder, lineageOfSql, schemas } = deriving;
  const datasets = new OperationDatasets(operation, graph);
  try {
    const schema = (table: SqlTableName): readonly string[] | undefined => schemas.columns(datasets.find(table));
    const statements = await lineageOfSql(operation.sql ?? '', { parserName: operation.parserName ?? '', schema });
    for (const statement of statements) addStatement(statement, operation, datasets, deriving);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    builder.problems.problem(operation.id, `its SQL cannot be read, so that its columns are not known: ${reason}`);
  }
};

const addStatement = (
  statement: StatementLineage,
  operation: OperationNode,
  datasets: OperationDatasets,
  { builder, schemas }: Deriving,
): void => {
  const output = datasets.output(statement);
  if (output === undefined) return;
  if (makesAllColumns(statement, operation)) schemas.learn(output, statement.outputColumns, builder);
  for (const column of statement.columns) addColumn(column, output, operation, datasets, builder);
};

/** An INSERT may name some of the columns only. */
const makesAllColumns = ({ kind }: StatementLineage, operation: OperationNode): boolean =>
  kind === 'create_table_as' || kind === 'create_view' || (kind === 'select' && operation.kind === 'model');

const addColumn = (
  { column, expression, inputs, unresolved }: SqlColumnLineage,
  output: string,
  operation: OperationNode,
  datasets: OperationDatasets,
  builder: GraphBuilder,
): void => {
  if (unresolved !== undefined)
    builder.problems.note(operation.id, `${column === null ? 'a condition' : `the column ${column}`}: ${unresolved}`);
  for (const { table, column: from, type, subtype } of inputs) {
    const dataset = datasets.find(table);
    if (dataset === undefined) continue;
    builder.columnEdge({
      ...{ from: { dataset: datasets.number(dataset), column: from } },
      ...{ to: { dataset: datasets.number(output), column } },
      ...{ type, subtype, expression, operation: builder.operationNumber(operation) },
    });
  }
};

/** Finds what SQL names among the datasets that its operation reads and writes. */
class OperationDatasets {
  constructor(
    readonly operation: OperationNode,
    readonly graph: LineageGraph,
  ) {}

  find(table: SqlTableName): string | undefined {
    return this.#among([...this.operation.inputs, ...this.operation.outputs], tableName(table));
  }

  /** What the builder calls a dataset of the graph. */
  number(id: string): number {
    return this.graph.dataset(id)?.number ?? 0;
  }

  output({ output }: StatementLineage): string | undefined {
    const { outputs } = this.operation;
    if (outputs.length === 1) return outputs[0];
    return output === null ? undefined : this.#among(outputs, tableName(output));
  }

  #among(ids: readonly string[], name: DatasetName): string | undefined {
    const candidates = ids.flatMap((id, dataset) =>
      (this.graph.dataset(id)?.names ?? [])
        .filter((known) => endsWith(known, name, false))
        .map((known) => ({ dataset, name: known })),
    );
    const exact = candidates.find(({ name: known }) => partsKey(known.parts) === partsKey(name.parts));
    const chosen = exact ? [exact.dataset] : choose(name, candidates);
    return chosen.length === 1 ? ids[chosen[0] ?? 0] : undefined;
  }
}

/** Columns of datasets: what sources said, and what SQL made meanwhile. */
class Schemas {
  readonly #learned = new Map<string, readonly string[]>();

  constructor(readonly graph: LineageGraph) {}

  columns(id: string | undefined): readonly string[] | undefined {
    if (id === undefined) return undefined;
    const told = this.graph.dataset(id)?.columns ?? [];
    return told.length > 0 ? told.map(({ name }) => name) : this.#learned.get(id);
  }

  learn(id: string, columns: readonly string[] | null, builder: GraphBuilder): void {
    if (columns === null || this.columns(id) !== undefined) return;
    this.#learned.set(id, columns);
    builder.addColumns(
      this.graph.dataset(id)?.number ?? 0,
      columns.map((name) => ({ name })),
    );
  }
}
