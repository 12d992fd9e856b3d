import { join } from 'node:path';
import type { DatabricksOptions } from '@aegis/warehouse-databricks';
import { beforeAll, describe, expect } from 'vitest';
import { newSchema, runAll } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/new-schema.js';
import { onSpark } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/on-spark.js';
import { aegis } from '../cli/aegis.js';
import { folderWith, rulesFile, seedDatabase } from '../cli/project.js';
import { aegisReport, expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { freePort } from '../servers/free-port.js';

const tables = [
  'CREATE TABLE orders (id BIGINT, amount DECIMAL(10, 2), tags ARRAY<STRING>, status STRING) USING parquet',
  "INSERT INTO orders VALUES (1, 9.50, NULL, 'open'), (2, NULL, array('a', 'b'), '7'), (3, 3, NULL, '8')",
  'CREATE TABLE gone (id BIGINT) USING parquet',
  'CREATE VIEW over_gone AS SELECT id FROM gone',
  'DROP TABLE gone',
];

const rules = {
  ids_unique: { scope: 'table: orders', logic: 'type: unique, column: id' },
  paid: { scope: 'table: orders', logic: 'type: not_null, column: amount' },
  numbered: { scope: `table: orders, where: "CAST(status AS INT) > 1"`, logic: 'type: not_null, column: id' },
  of_the_past: { scope: 'table: over_gone', logic: 'type: not_null, column: id' },
  missing: { scope: 'table: nope', logic: 'type: row_count, threshold: 1' },
};

const runs = ['run', 'rules.yaml', '--no-llm', '--history', 'history.db'] as const;

await onSpark(async (workspace) => {
  const options = await newSchema(workspace);
  beforeAll(() => runAll(options, tables), 60_000);
  const token = String(options.token);

  /** A project with the warehouse `lake`, whose token is in the environment. */
  const lake = async (own: Partial<DatabricksOptions> = {}, written: Parameters<typeof rulesFile>[0] = rules) => {
    const place = { ...options, ...own, type: 'databricks', token: '$' + '{env:LAKE_TOKEN}', retryMaxAttempts: 1 };
    const cwd = await folderWith({
      'aegis.yaml': JSON.stringify({
        default_warehouse: 'lake',
        warehouses: { lake: place, shop: { type: 'duckdb', path: 'shop.duckdb' } },
      }),
      'rules.yaml': rulesFile(written),
    });
    await seedDatabase(join(cwd, 'shop.duckdb'), 'CREATE TABLE customers AS SELECT range AS id FROM range(10)');
    return { cwd, env: { LAKE_TOKEN: token } };
  };

  /** Statements that read the orders, rather than what is known of them. */
  const scans = (from: number): readonly string[] =>
    workspace.calls
      .slice(from)
      .filter(({ method }) => method === 'ExecuteStatement')
      .map(({ message }) => message.toString('latin1'))
      .filter((text) => /FROM `orders`/.test(text) && !/EXPLAIN|DESCRIBE/.test(text));

  describe('Databricks', () => {
    scenario(['warehouse/one-bad-table', 'run/several-warehouses'], 'is found by its type, and judged', async () => {
      const began = workspace.calls.length;
      const finished = await aegisReport(runs, await lake());
      expectEnd(finished, { code: 3 });
      expect(outcomesOf(finished.report)).toEqual({
        ...{ ids_unique: 'pass', paid: 'fail', numbered: 'error', of_the_past: 'error', missing: 'error' },
      });
      const [ids, paid, numbered, ofThePast, missing] = finished.report.results;
      expect([ids?.warehouse, ids?.rows_checked]).toEqual(['lake', 3]);
      expect(paid).toMatchObject({
        rows_failed: 1,
        sample: [{ id: '2', amount: null, tags: ['a', 'b'], status: '7' }],
      });
      expect(paid?.consistency).toContain('version of each Delta table');
      expect(numbered?.error).toMatchObject({ code: 'warehouse/syntax' });
      expect(numbered?.error?.message).toContain('CAST_INVALID_INPUT');
      expect(ofThePast?.error).toMatchObject({ code: 'warehouse/not-found' });
      expect(missing?.error).toMatchObject({ code: 'plan/missing-table' });
      const sent = scans(began);
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.filter((sql) => !/\/\* aegis run=\S+ (table|evidence)=orders/.test(sql))).toEqual([]);
    });

    scenario('run/several-warehouses', 'passes beside another warehouse in one run', async () => {
      const { ids_unique } = rules;
      const known = { scope: 'table: customers, warehouse: shop', logic: 'type: unique, column: id' };
      const finished = await aegisReport(runs, await lake({}, { ids_unique, known }));
      expectEnd(finished, { code: 0 });
      expect(finished.report.results.map(({ warehouse, outcome }) => [warehouse, outcome])).toEqual([
        ['lake', 'pass'],
        ['shop', 'pass'],
      ]);
    });

    scenario('run/several-warehouses', 'fails alone, with the exit code of failed rules', async () => {
      const { paid } = rules;
      expectEnd(await aegis(runs, await lake({}, { paid })), { code: 1, stdout: /paid/ });
    });

    scenario('run/several-warehouses', 'is connected to from flags alone', async () => {
      const cwd = await folderWith({ 'rules.yaml': rulesFile({ ids_unique: rules.ids_unique }) });
      const { host, port, httpPath, schema, sslrootcert } = options;
      const flags = Object.entries({ host, port, httpPath, schema, sslrootcert }).flatMap(([name, value]) => [
        '--connection',
        `${name}=${value}`,
      ]);
      const finished = await aegisReport([...runs, '--warehouse', 'databricks', ...flags], {
        cwd,
        env: { DATABRICKS_TOKEN: token },
      });
      expectEnd(finished, { code: 0 });
      expect(outcomesOf(finished.report)).toEqual({ ids_unique: 'pass' });
    });

    scenario('plan/estimates', 'says before a run how much it reads, and reads nothing', async () => {
      const { paid } = rules;
      const project = await lake({}, { paid });
      const began = workspace.calls.length;
      const { code, stdout } = await aegis(['plan', 'rules.yaml', '--json'], project);
      expect(code).toBe(0);
      const { bytes, cost_usd: costUsd } = JSON.parse(stdout).totals;
      expect(bytes).toBeGreaterThan(0);
      expect(costUsd ?? null).toBeNull();
      expect(scans(began)).toEqual([]);
    });

    scenario('run/max-bytes', 'is not asked where more would be read than is allowed', async () => {
      const project = await lake({}, { paid: rules.paid });
      const began = workspace.calls.length;
      expectEnd(await aegis([...runs, '--max-bytes', '10'], project), {
        code: 2,
        stderr: /would read \d+ bytes; --max-bytes allows 10/,
      });
      expect(scans(began)).toEqual([]);
    });
  });

  describe('a Databricks that lets nobody in', () => {
    const known = { scope: 'table: customers, warehouse: shop', logic: 'type: unique, column: id' };

    /** The error of its rules, beside a rule of another warehouse that passes. */
    const refused = async (own: Partial<DatabricksOptions>, env: { readonly [name: string]: string } = {}) => {
      const project = await lake(own, { paid: rules.paid, known });
      const finished = await aegisReport(runs, { ...project, env: { ...project.env, ...env } });
      expectEnd(finished, { code: 3 });
      expect(outcomesOf(finished.report)).toEqual({ paid: 'error', known: 'pass' });
      const told = `${finished.stdout}${finished.stderr}${JSON.stringify(finished.report)}`;
      for (const secret of [token, ...Object.values(env)]) expect(told).not.toContain(secret);
      return finished.report.results[0]?.error;
    };

    scenario('warehouse/unreachable', 'because the token is wrong, which is never shown', async () => {
      expect(await refused({}, { LAKE_TOKEN: 'dapi-very-wrong-secret' })).toMatchObject({
        code: 'warehouse/authentication',
        hint: expect.stringContaining('token'),
      });
    });

    scenario('warehouse/unreachable', 'because nobody listens', async () => {
      expect(await refused({ port: await freePort() })).toMatchObject({
        code: 'warehouse/connection',
        hint: expect.stringContaining('host, port'),
      });
    });

    scenario('warehouse/unreachable', 'because nobody vouches for it', async () => {
      expect(await refused({ sslrootcert: undefined })).toMatchObject({
        code: 'warehouse/connection',
        hint: expect.stringContaining('sslrootcert'),
      });
    });

    scenario('warehouse/unreachable', 'because there is no such SQL warehouse', async () => {
      expect(await refused({ httpPath: '/sql/1.0/warehouses/other' })).toMatchObject({
        code: 'warehouse/not-found',
        hint: expect.stringContaining('httpPath'),
      });
    });
  });
});
