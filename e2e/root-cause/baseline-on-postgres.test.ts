import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { rulesFile } from '../cli/project.js';
import { expectEnd } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { type Database, databaseWith, projectOn, runOn } from '../warehouses/postgres.js';

const steps = [
  'CREATE TABLE stg_orders AS SELECT id, market, amount, placed_at FROM raw_orders WHERE placed_at IS NOT NULL',
  'CREATE TABLE mart AS SELECT market, CAST(placed_at AS date) AS day, sum(amount) AS total, count(*) AS orders FROM stg_orders GROUP BY market, CAST(placed_at AS date)',
];

const rules = rulesFile({
  enough: { scope: 'table: mart', logic: 'type: row_count_between, min_value: 24, max_value: 60' },
  usual: { scope: 'table: mart', logic: 'type: mean_between, column: total, min_value: 900, max_value: 1300' },
});

interface Orders {
  readonly days: number;
  readonly amount?: string;
  readonly placedAt?: string;
}

/** 60 orders a day; those of one day are the same however often they are delivered. */
const deliver = ({ days, amount = 'amount', placedAt = 'placed_at' }: Orders): readonly string[] => [
  'DROP TABLE IF EXISTS raw_orders, stg_orders, mart',
  `CREATE TABLE raw_orders AS SELECT id, market, ${amount} AS amount, ${placedAt} AS placed_at, repeat('x', 400) AS note FROM (
     SELECT i AS id, (ARRAY['DE', 'FR', 'CH'])[1 + i % 3] AS market, CAST(10 + i * 7 % 90 AS numeric(12, 2)) AS amount,
       timestamp '2026-01-01 08:00:00' + i / 60 * interval '1 day' + i % 60 * interval '10 minutes' AS placed_at
     FROM generate_series(0, ${days * 60 - 1}) AS i) AS orders`,
  ...steps,
];

/** A project over a database; each day is delivered, made into tables, and judged. */
const shop = async (baseline: string | undefined) => {
  const database = await databaseWith('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC');
  const cwd = await projectOn(rules, '', { 'etl/shop.sql': `${steps.join(';\n')};\n` });
  const config = join(cwd, 'aegis.yaml');
  const policy = baseline === undefined ? '' : `root_cause:\n  baseline: ${baseline}\n`;
  await writeFile(config, `${await readFile(config, 'utf8')}lineage: [etl/]\n${policy}`);
  const day = async (orders: Orders, ...args: readonly string[]) => {
    await database.run(...deliver(orders));
    const now = `2026-01-${String(orders.days + 1).padStart(2, '0')}T06:00:00Z`;
    return runOn(cwd, database.url, '--now', now, ...args);
  };
  const goodDays = async () => {
    for (const days of [8, 9, 10]) expectEnd(await day({ days }), { code: 0 });
  };
  return { cwd, database, day, goodDays };
};

const inAnotherUnit = { days: 11, amount: 'amount * 100' };
const withoutTime = { days: 11, placedAt: `CASE WHEN market <> 'CH' THEN placed_at END` };

/** How often the source was read since it was delivered; a session tells when it ends. */
const readsOf = async ({ query }: Database): Promise<number> => {
  const [row] = await query("SELECT pg_stat_get_numscans('raw_orders'::regclass) AS reads");
  return Number(row?.reads);
};

describe('a source on PostgreSQL that is not what it was', () => {
  scenario(
    'root-cause/baseline',
    'is named where its numbers are in another unit',
    async () => {
      const { day, goodDays } = await shop(undefined);
      await goodDays();
      const finished = await day(inAnotherUnit);
      expectEnd(finished, { code: 1 });
      expect(finished.report.results[1]?.root_cause).toMatchObject({
        ...{ dataset: 'raw_orders', column: 'amount', kind: 'source', confidence: 'high' },
        path: ['mart', 'stg_orders', 'raw_orders'],
      });
      expect(finished.stdout).toMatch(
        /Evidence c1\s+raw_orders is not what it was on 2026-01-11, .*the mean of\s+amount is \d+/,
      );
    },
    300_000,
  );

  scenario(
    'root-cause/baseline',
    'is named with the segment whose NULLs a step hides',
    async () => {
      const { day, goodDays } = await shop('auto');
      await goodDays();
      const { report } = await day(withoutTime);
      const causes = report.results.map(({ root_cause }) => root_cause).filter((cause) => cause !== null);
      expect(causes[0]).toMatchObject({ dataset: 'raw_orders', column: 'placed_at', kind: 'source' });
      expect(causes[0]?.evidence[0]).toMatchObject({
        kind: 'changed_since_baseline',
        numbers: { change: 'nulls', baseline: '2026-01-11T06:00:00.000Z' },
      });
    },
    300_000,
  );

  scenario(
    'root-cause/baseline',
    'is named under `on` as well',
    async () => {
      const { day, goodDays } = await shop('on');
      await goodDays();
      const { report } = await day(inAnotherUnit);
      expect(report.results[1]?.root_cause).toMatchObject({ dataset: 'raw_orders', column: 'amount' });
    },
    300_000,
  );

  scenario(
    'root-cause/baseline',
    'is not profiled and not compared under `off`',
    async () => {
      const { day, goodDays, database } = await shop('off');
      await goodDays();
      await expect.poll(() => readsOf(database)).toBe(1);
      const { report } = await day(inAnotherUnit);
      const kinds = report.results.flatMap(({ root_cause }) => root_cause?.evidence.map(({ kind }) => kind) ?? []);
      expect(kinds).not.toContain('changed_since_baseline');
    },
    300_000,
  );

  scenario(
    ['root-cause/baseline', 'exit/usage'],
    'is nothing that another word asks for',
    async () => {
      const { cwd, database } = await shop('sometimes');
      const finished = await aegis(['run', 'rules.yaml', '--no-llm'], { cwd, env: { SHOP_URL: database.url } });
      expectEnd(finished, { code: 2, stderr: /aegis\.yaml:5:13.*root_cause\.baseline.*auto/s });
    },
    300_000,
  );
});

describe('bytes that a run may read', () => {
  scenario(
    ['root-cause/baseline', 'run/max-bytes'],
    'are not spent on a baseline that does not fit',
    async () => {
      const { day } = await shop(undefined);
      const finished = await day({ days: 8 }, '--max-bytes', '60000');
      expectEnd(finished, {
        code: 0,
        stderr: /No baseline of raw_orders was kept: the statement would read \d+ bytes/,
      });
      expect(finished.report.notes.join()).toContain('of --max-bytes 60000 are left');
      // Rows are counted, and then a sample is read, which takes a second scan.
      expect((await day({ days: 9 }, '--max-bytes', '1200000')).report.notes).toEqual([]);
    },
    300_000,
  );

  scenario(
    ['root-cause/baseline', 'run/max-bytes'],
    'leave a failure without a comparison that does not fit',
    async () => {
      const { day, goodDays } = await shop(undefined);
      await goodDays();
      const finished = await day(inAnotherUnit, '--max-bytes', '60000');
      expectEnd(finished, { code: 1 });
      expect(finished.report.results.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
      const kinds = finished.report.results[1]?.root_cause?.evidence.map(({ kind }) => kind) ?? [];
      expect(kinds).not.toContain('changed_since_baseline');
    },
  );
});
