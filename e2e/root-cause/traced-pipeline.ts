import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipeline, type PipelineOptions } from '@aegis/core';
import { compileRules } from '@aegis/rules';
import type {
  LineageTrace,
  Report,
  RootCause,
  TracedColumnEdge,
  TracedDataset,
  TracedOperation,
  Warehouse,
} from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { Counts, counting } from '../statements/counting-warehouse.js';

/**
 * One statement of a pipeline and its lineage, as lines: `a = t.b` hands on, `a ~ t.b: b / 100` changes, `a + t.b: sum(b)`
 * aggregates; `join t.a, u.b: t.a = u.b` and `filter t.a: a > 0` decide about rows.
 */
interface Step {
  readonly output: string;
  readonly sql: string;
  readonly kind?: string;
  readonly lineage?: readonly string[];
}

export interface TestPipeline {
  /** Tables that nothing makes, by name, with the query that fills them. */
  readonly sources: { readonly [table: string]: string };
  readonly steps: readonly Step[];
  /** Default `duckdb`. */
  readonly parserName?: string;
  /** Run after the steps: what is broken behind the pipeline's back. */
  readonly after?: readonly string[];
}

const subtypes = {
  '=': 'IDENTITY',
  '~': 'TRANSFORMATION',
  '+': 'AGGREGATION',
  join: 'JOIN',
  filter: 'FILTER',
} as const;

const edgesOf = ({ output, lineage = [] }: Step, operation: string): readonly TracedColumnEdge[] =>
  lineage.flatMap((line) => {
    const {
      column,
      how,
      from = '',
      expression,
    } = /^(?:(?<column>\w+) (?<how>[=~+])|(?<row>join|filter)) (?<from>[\w., ]+?)(?:: (?<expression>.*))?$/.exec(
      line.replace(/^(join|filter) /, '$1 '),
    )?.groups ?? {};
    const row = /^(join|filter) /.exec(line)?.[1] as 'join' | 'filter' | undefined;
    const subtype = subtypes[(row ?? how) as keyof typeof subtypes];
    return from.split(',').map((name): TracedColumnEdge => {
      const [dataset = '', from_column = ''] = name.trim().split('.');
      return {
        from: { dataset, column: from_column },
        to: { dataset: output, column: row ? null : (column ?? null) },
        type: row ? 'INDIRECT' : 'DIRECT',
        subtype,
        expression: expression ?? null,
        operation,
      };
    });
  });

const inputsOf = (edges: readonly TracedColumnEdge[]): readonly string[] => [
  ...new Set(edges.map(({ from }) => from.dataset)),
];

/** The trace of one table of the pipeline, as a lineage graph would give it. */
const traceOf = (target: string, { sources, steps, parserName = 'duckdb' }: TestPipeline): LineageTrace => {
  const made = steps.map((step, index) => {
    const id = `op${index}`;
    return { step, edges: edgesOf(step, id), id };
  });
  const distances = new Map([[target, 0]]);
  for (const [name, distance] of distances)
    for (const { edges, step } of made.filter((each) => each.step.output === name))
      for (const input of inputsOf(edges))
        if (input !== step.output && !distances.has(input)) distances.set(input, distance + 1);
  const columnsOf = (name: string) => [
    ...new Set(
      made.flatMap(({ edges }) =>
        edges.flatMap(({ from, to }) => [
          ...(from.dataset === name ? [from.column] : []),
          ...(to.dataset === name && to.column !== null ? [to.column] : []),
        ]),
      ),
    ),
  ];
  const datasets = [...distances].map(
    ([name, distance]): TracedDataset => ({
      ...{
        id: name,
        name,
        table: { kind: 'named', parts: [name] },
        columns: columnsOf(name),
        distance,
        isDropped: false,
      },
      kind: name in sources ? 'table' : 'unknown',
    }),
  );
  const operations = made
    .filter(({ step }) => distances.has(step.output))
    .map(
      ({ step, edges, id }): TracedOperation => ({
        ...{ id, kind: step.kind ?? 'create_table_as', name: `${step.output}.sql`, output: step.output },
        ...{ inputs: inputsOf(edges), sql: step.sql, parserName, ranAt: null, rowsWritten: null },
      }),
    );
  const columns = made.filter(({ step }) => distances.has(step.output)).flatMap(({ edges }) => edges);
  return { target, datasets, operations, columns, gaps: [] };
};

export const statementsOf = ({ sources, steps, after = [] }: TestPipeline): readonly string[] => [
  ...Object.entries(sources).map(([name, query]) => `CREATE TABLE ${name} AS ${query}`),
  ...steps.map(({ sql }) => sql),
  ...after,
];

/** A DuckDB file in which the pipeline ran. */
export const warehouseWith = async (pipeline: TestPipeline): Promise<Warehouse> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-root-cause-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'shop.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const sql of statementsOf(pipeline)) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  const warehouse = duckdb({ path });
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

interface TestRule {
  readonly table: string;
  readonly type: string;
  readonly where?: string;
  readonly [param: string]: unknown;
}

interface TracedRun {
  readonly report: Report;
  readonly counts: Counts;
  /** Of the first rule. */
  readonly cause: RootCause | null;
}

/** Runs rules over a pipeline as people do, with its lineage. */
export const runTraced = async (
  pipeline: TestPipeline,
  rules: readonly TestRule[],
  more: Partial<PipelineOptions> & { readonly warehouse?: Warehouse } = {},
): Promise<TracedRun> => {
  const counts = new Counts();
  const warehouse = more.warehouse ?? (await warehouseWith(pipeline));
  const documents = rules.map(({ table, where, ...logic }, index) => ({
    metadata: { id: `r${index}` },
    scope: { table, ...(where && { where }) },
    logic,
  }));
  const report = await createPipeline({
    rules: compileRules(documents).rules,
    warehouses: { w: counting(warehouse, counts) },
    defaultWarehouse: 'w',
    now: '2026-01-15T12:00:00Z',
    loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
    lineage: { downstream: async () => [], trace: async (table) => traceOf(table, pipeline) },
    ...more,
  }).run();
  return { report, counts, cause: report.results[0]?.root_cause ?? null };
};
