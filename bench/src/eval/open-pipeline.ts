import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineageGraph } from '@aegis/lineage';
import { recordedGraph } from '@aegis/lineage-ai/testing';
import type { Warehouse } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import type { EvalPipeline } from './question.js';

/** In every database, and never part of an answer: who names whatever there is, names these too. */
const unrelated: readonly string[] = [
  'CREATE TABLE newsletters (letter_id INTEGER, sent_on DATE)',
  "INSERT INTO newsletters SELECT i, DATE '2026-01-01' + CAST(i AS INTEGER) FROM range(0, 20) t(i)",
  "CREATE TABLE newsletter_months AS SELECT date_trunc('month', sent_on) AS sent_month, count(*) AS letters FROM newsletters GROUP BY 1",
  'CREATE TABLE newsletter_totals AS SELECT sum(letters) AS letters FROM newsletter_months',
];

/** A pipeline as it ran, with the graph that the operation log makes of it. */
export interface OpenPipeline {
  readonly graph: LineageGraph;
  /** Read-only. */
  readonly warehouse: Warehouse;
  /** Names of all tables of the graph. */
  readonly tables: readonly string[];
  close(): Promise<void>;
}

/** Runs the pipeline on a DuckDB of its own. */
export const openPipeline = async ({ sql, beside = [] }: EvalPipeline): Promise<OpenPipeline> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-eval-'));
  const path = join(folder, 'pipeline.duckdb');
  const graph = await recordedGraph(path, [...sql, ...unrelated], beside);
  const warehouse = duckdb({ path });
  return {
    graph,
    warehouse,
    tables: graph.datasets.map(({ name }) => name.split('.').at(-1) ?? name),
    close: async () => {
      await warehouse.close?.();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
