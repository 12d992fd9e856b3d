import { rmSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Fault, Segment } from '../faults/fault.js';
import { clockOf } from '../pipeline/days.js';
import type { Pipeline, Step } from '../pipeline/pipeline.js';
import { sourceSql } from '../pipeline/render-source.js';
import { type Style, stepSql } from '../pipeline/render-step.js';

/** One statement of a pipeline as it ran. */
export interface RanStatement {
  readonly sql: string;
  readonly output: string;
  readonly ranAt: string;
}

/** A pipeline that has run. */
export interface Built {
  /** The DuckDB file. */
  readonly path: string;
  readonly statements: readonly RanStatement[];
}

/** Runs pipelines, each into a file of its own, and looks into the files. */
export interface Lab {
  /** @throws Error when a statement cannot run. */
  build(path: string, pipeline: Pipeline, day: string, style: Style, fault?: Fault): Promise<Built>;
  /** Rows of a query over attached files, each named `the_` and its name: pipelines have schemas called `clean`. */
  ask(files: { readonly [name: string]: string }, sql: string): Promise<readonly (readonly unknown[])[]>;
  close(): void;
}

export const openLab = async (): Promise<Lab> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    build: (path, pipeline, day, style, fault) => build(connection, path, { pipeline, day, style, fault }),
    ask: (files, sql) => attached(connection, files, async () => (await connection.runAndReadAll(sql)).getRowsJS()),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};

interface Order {
  readonly pipeline: Pipeline;
  readonly day: string;
  readonly style: Style;
  readonly fault: Fault | undefined;
}

const build = async (connection: DuckDBConnection, path: string, order: Order): Promise<Built> => {
  rmSync(path, { force: true });
  const statements = order.pipeline.steps.flatMap((step) => statementsOf(step, order));
  await attached(connection, { built: path }, async () => {
    await connection.run('USE the_built');
    try {
      for (const sql of [...delivered(order), ...statements.map(({ sql }) => sql)]) await connection.run(sql);
    } finally {
      await connection.run('USE memory');
    }
  });
  return { path, statements };
};

const delivered = ({ pipeline, day, fault }: Order): readonly string[] => [
  ...pipeline.schemas.map((schema) => `CREATE SCHEMA ${schema}`),
  ...pipeline.sources.map((source) => sourceSql(pipeline, source, day)),
  ...(fault?.onSources ?? []),
];

const statementsOf = (step: Step, { pipeline: { today }, day, style, fault }: Order): readonly RanStatement[] => {
  const broken = fault?.onStep?.output === step.output ? fault.onStep : undefined;
  const texts = stepSql(step, day, today, style);
  const [first = '', ...inserts] = broken?.step
    ? brokenTexts(texts, stepSql(broken.step, day, today, style), broken.brokenFrom)
    : texts;
  const loads = broken?.loads ?? inserts.keys();
  const ran = [first, ...[...loads].flatMap((load) => inserts[load] ?? [])];
  return ran.map((sql) => ({ sql, output: step.output, ranAt: clockOf(day) }));
};

const brokenTexts = (right: readonly string[], wrong: readonly string[], from = -1): readonly string[] =>
  wrong.map((sql, index) => (index > from ? sql : (right[index] ?? sql)));

const attached = async <Value>(
  connection: DuckDBConnection,
  files: { readonly [name: string]: string },
  use: () => Promise<Value>,
): Promise<Value> => {
  const names = Object.keys(files);
  for (const [name, path] of Object.entries(files)) await connection.run(`ATTACH '${path}' AS the_${name}`);
  try {
    return await use();
  } finally {
    for (const name of names) await connection.run(`DETACH the_${name}`);
  }
};

/** The condition that the rows of a segment meet, over a table that has its column. */
export const conditionOf = ({ column, value, is }: Segment): string =>
  ({
    equal: `${column} = '${value}'`,
    from: `${column} >= DATE '${value}'`,
    on_day: `CAST(${column} AS DATE) = DATE '${value}'`,
  })[is];
