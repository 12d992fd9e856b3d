import { join } from 'node:path';
import { memoryAuditStore } from '@aegis/audit';
import { createPipeline, type PipelineOptions } from '@aegis/core';
import { compileRules } from '@aegis/rules';
import type { Evidence, Report, RuleResult, Warehouse } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { postgres } from '@aegis/warehouse-postgres';
import { onTestFinished } from 'vitest';
import { folderWith, seedDatabase } from '../cli/project.js';
import { Counts, counting } from '../statements/counting-warehouse.js';
import { databaseWith } from '../warehouses/postgres.js';

/** What is delivered on a day: expressions over `i`, `country` and the columns as they are on good days. */
export interface Delivery {
  readonly days: number;
  readonly where?: string;
  readonly amount?: string;
  readonly status?: string;
  /** Further columns. */
  readonly more?: string;
}

/** 60 orders a day of five countries, half of them of DE; those of one day are the same however often they are delivered. */
export const orders = ({ days, where = '1 = 1', amount = 'amount', status = 'status', more }: Delivery): string => `
  CREATE TABLE orders AS SELECT id, country, ${status} AS status, ${amount} AS amount, placed_at${more ? `, ${more}` : ''}
  FROM (SELECT i AS id, CASE WHEN i % 10 < 5 THEN 'DE' WHEN i % 10 < 7 THEN 'FR' WHEN i % 10 = 7 THEN 'CH' WHEN i % 10 = 8 THEN 'AT' ELSE 'IT' END AS country,
      CASE WHEN i % 7 = 0 THEN 'open' ELSE 'paid' END AS status, CAST(10 + i * 7 % 90 AS DOUBLE PRECISION) AS amount,
      TIMESTAMP '2026-01-01 08:00:00' + CAST(floor(i / 60.0) AS INTEGER) * INTERVAL '1 day' + i % 60 * INTERVAL '10 minutes' AS placed_at
    FROM generate_series(0, ${days * 60 - 1}) AS s(i)) AS o
  WHERE ${where}`;

interface TestRule {
  readonly type: string;
  /** Default `orders`. */
  readonly table?: string;
  readonly source_warehouse?: string;
  readonly [param: string]: unknown;
}

/** A day of the shop: what is in the warehouse, and what its run found. */
export interface Day {
  readonly report: Report;
  readonly counts: Counts;
}

export type Options = Partial<PipelineOptions>;

/** A warehouse that is filled anew. */
type Fill = (...statements: readonly string[]) => Promise<Warehouse>;

export const inDuckdb = async (): Promise<Fill> => {
  const folder = await folderWith();
  let file = 0;
  return async (...statements) => {
    file += 1;
    const path = join(folder, `shop${file}.duckdb`);
    await seedDatabase(path, ...statements);
    const warehouse = duckdb({ path });
    onTestFinished(() => warehouse.close?.());
    return warehouse;
  };
};

const inPostgres = async (): Promise<Fill> => {
  const { url, run } = await databaseWith('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC');
  return async (...statements) => {
    await run('DROP TABLE IF EXISTS orders, raw_orders', ...statements);
    const warehouse = postgres({ url });
    onTestFinished(() => warehouse.close?.());
    return warehouse;
  };
};

const engines = { DuckDB: inDuckdb, PostgreSQL: inPostgres };
export type Engine = keyof typeof engines;
export const engineNames = Object.keys(engines) as readonly Engine[];

/** A shop that is judged day by day; everything is kept in one trail. */
export const shopOn = async (engine: Engine, rules: readonly TestRule[], options: Options = {}) => {
  const fill = await engines[engine]();
  const store = memoryAuditStore();
  const documents = rules.map(({ table = 'orders', source_warehouse, ...logic }, index) => ({
    metadata: { id: `r${index}` },
    scope: { table, ...(source_warehouse && { source_warehouse }) },
    logic,
  }));
  const dayOf = async (day: number, statements: readonly string[], more: Options = {}): Promise<Day> => {
    const counts = new Counts();
    const report = await createPipeline({
      rules: compileRules(documents).rules,
      warehouses: { w: counting(await fill(...statements), counts) },
      defaultWarehouse: 'w',
      now: `2026-01-${String(day + 1).padStart(2, '0')}T06:00:00Z`,
      loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
      ...{ history: store, audit: store, ...options, ...more },
    }).run();
    return { report, counts };
  };
  const day = (delivery: Delivery, more?: Options): Promise<Day> => dayOf(delivery.days, [orders(delivery)], more);
  return { day, dayOf, store };
};

/** The same after three good days, each with the orders of one more. */
export const afterGoodDays = async (engine: Engine, rules: readonly TestRule[], options: Options = {}) => {
  const shop = await shopOn(engine, rules, options);
  for (const days of [8, 9, 10]) {
    const { report } = await shop.day({ days });
    if (report.summary.failed > 0) throw new Error('the day was to be good');
  }
  return shop;
};

/** What is said of how a table changed, of one rule. */
export const changesIn = ({ report }: Day, rule = 0): readonly Evidence[] =>
  (report.results[rule] as RuleResult).diagnosis?.evidence.filter(({ kind }) => kind === 'changed_since_good_run') ??
  [];

export const sentencesIn = (day: Day, rule = 0): readonly string[] =>
  changesIn(day, rule).map(({ sentence }) => sentence);
