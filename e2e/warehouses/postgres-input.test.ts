import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { rulesFile } from '../cli/project.js';
import { expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { freePort } from '../servers/free-port.js';
import { type Database, databaseWith, numbers, projectOn, runOn } from './postgres.js';

const there = (table: string, column = 'a') => ({
  scope: `table: ${table}`,
  logic: `type: not_null, column: ${column}`,
});

const changed = (url: string, change: Partial<URL>): string => Object.assign(new URL(url), change).href;

describe('a server that lets nobody in', () => {
  const refused = async (url: string, options = '') => {
    const cwd = await projectOn(rulesFile({ one: there('orders'), two: there('items') }), options);
    const finished = await runOn(cwd, url);
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({ one: 'error', two: 'error' });
    const [result] = finished.report.results;
    return result?.error;
  };

  scenario('warehouse/unreachable', 'because the password is wrong', async () => {
    const { url } = await databaseWith(numbers('orders'));
    expect(await refused(changed(url, { password: 'hunter2-very-secretive' }))).toMatchObject({
      code: 'warehouse/authentication',
      hint: expect.stringContaining('password'),
    });
  });

  scenario('warehouse/unreachable', 'because nobody listens', async () => {
    const { url } = await databaseWith(numbers('orders'));
    expect(await refused(changed(url, { port: String(await freePort()) }))).toMatchObject({
      code: 'warehouse/connection',
      hint: expect.stringContaining('host and port'),
    });
  });

  scenario('warehouse/unreachable', 'because it does not encrypt', async () => {
    const { url } = await databaseWith(numbers('orders'));
    expect(await refused(url, 'sslmode: verify-full')).toMatchObject({
      code: 'warehouse/connection',
      hint: expect.stringContaining('sslmode'),
    });
  });
});

describe('tables of which one', () => {
  const five = ['a', 'b', 'c', 'd', 'e'];
  const rules = rulesFile(Object.fromEntries(five.map((name) => [`in_${name}`, there(name)])));
  const withB = (outcome: string) => ({ in_a: 'pass', in_b: outcome, in_c: 'pass', in_d: 'pass', in_e: 'pass' });
  const errorIn = (report: { readonly results: readonly { rule_id: string; error: unknown }[] }, id: string) =>
    report.results.find(({ rule_id }) => rule_id === id)?.error;

  scenario('warehouse/one-bad-table', 'may not be read: the other four get results', async () => {
    const { url, role, run } = await databaseWith(...five.map((name) => numbers(name)));
    await run(`REVOKE SELECT ON b FROM ${role}`);
    const finished = await runOn(await projectOn(rules), url);
    expectEnd(finished, { code: 3, stdout: /permission denied for table b/ });
    expect(outcomesOf(finished.report)).toEqual(withB('error'));
    expect(errorIn(finished.report, 'in_b')).toMatchObject({
      code: 'warehouse/authorization',
      hint: expect.stringContaining('SELECT'),
    });
  });

  scenario('warehouse/one-bad-table', 'is dropped while the run reads it', async () => {
    const database = await databaseWith(...five.map((name) => numbers(name)));
    const owner = await database.connect();
    await owner.query('BEGIN; LOCK TABLE b IN ACCESS EXCLUSIVE MODE');
    const running = runOn(await projectOn(rules), database.url);
    await blockedProcess(database);
    await owner.query('DROP TABLE b; COMMIT');
    const finished = await running;
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual(withB('error'));
    expect(errorIn(finished.report, 'in_b')).toMatchObject({ code: 'warehouse/not-found' });
  });

  scenario('warehouse/one-bad-table', 'is a view over a table that is gone', async () => {
    const database = await databaseWith(
      ...five.filter((name) => name !== 'b').map((name) => numbers(name)),
      numbers('gone'),
      "CREATE FUNCTION rows() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT a FROM gone; END'",
      'CREATE VIEW b AS SELECT a FROM rows() AS a',
    );
    await database.run('DROP TABLE gone');
    const finished = await runOn(await projectOn(rules), database.url);
    expectEnd(finished, { code: 3, stdout: /relation "gone" does not exist/ });
    expect(outcomesOf(finished.report)).toEqual(withB('error'));
    expect(errorIn(finished.report, 'in_b')).toMatchObject({ code: 'warehouse/not-found' });
  });

  /** The process of ours that waits for a lock. */
  const blockedProcess = async ({ query }: Database): Promise<unknown> => {
    for (;;) {
      const [row] = await query(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'aegis' AND wait_event_type = 'Lock'
          AND datname = current_database()`,
      );
      if (row) return row.pid;
      await sleep(10);
    }
  };

  scenario('warehouse/lost-connection', 'loses its connection: asked again, since nothing was seen yet', async () => {
    const database = await databaseWith(...five.map((name) => numbers(name)));
    const owner = await database.connect();
    await owner.query('BEGIN; LOCK TABLE b IN ACCESS EXCLUSIVE MODE');
    const running = runOn(await projectOn(rules), database.url);
    await database.run(`SELECT pg_terminate_backend(${await blockedProcess(database)})`);
    await owner.query('COMMIT');
    const finished = await running;
    expectEnd(finished, { code: 0 });
    expect(outcomesOf(finished.report)).toEqual(withB('pass'));
  });
});

scenario('warehouse/large', 'shows rows of 30 MB in a report that stays small', async () => {
  const { url } = await databaseWith(
    "CREATE TABLE documents AS SELECT i AS id, NULL::int AS a, repeat('x', 6000000) AS body FROM generate_series(1, 5) AS i",
  );
  const cwd = await projectOn(rulesFile({ filled: there('documents') }));
  const finished = await runOn(cwd, url, '--samples', 'full');
  expectEnd(finished, { code: 1 });
  const [result] = finished.report.results;
  expect([result?.rows_failed, result?.sample.length]).toEqual([5, 5]);
  expect(finished.stdout.length).toBeLessThan(100_000);
  expect((await stat(join(cwd, 'report.json'))).size).toBeLessThan(200_000);
  expect((await stat(join(cwd, 'history.db'))).size).toBeLessThan(2_000_000);
});

scenario('warehouse/large', 'judges a rule on each of 1,600 columns, the most that PostgreSQL has', async () => {
  const columns = Array.from({ length: 1600 }, (_, index) => `c${index}`);
  const { url } = await databaseWith(
    `CREATE TABLE wide (${columns.map((name) => `${name} boolean`).join(', ')})`,
    `INSERT INTO wide VALUES (${columns.map((_, index) => index !== 7).join(', ')})`,
    'UPDATE wide SET c7 = NULL',
  );
  const cwd = await projectOn(rulesFile(Object.fromEntries(columns.map((name) => [name, there('wide', name)]))));
  const { report, code } = await runOn(cwd, url);
  expect(code).toBe(1);
  expect(report.summary).toMatchObject({ total_rules: 1600, passed: 1599, failed: 1 });
  expect(report.summary.queries).toBeLessThan(8);
});

scenario(
  'warehouse/other-dialect',
  'tells rules in the SQL of another warehouse, and judges those beside them',
  async () => {
    const { url } = await databaseWith(numbers('orders'));
    const scope = 'table: orders';
    const cwd = await projectOn(
      rulesFile({
        theirs: { scope, logic: "type: sql_expression, expression: 'list_contains([1, 2], a)'" },
        function_of_theirs: { scope, logic: "type: sql_expression, expression: 'epoch_ms(a) > 0'" },
        query_of_theirs: { scope, logic: "type: custom_sql, query: 'SELECT * EXCLUDE (a) FROM orders QUALIFY true'" },
        ours: there('orders'),
      }),
    );
    const finished = await runOn(cwd, url);
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({
      theirs: 'error',
      function_of_theirs: 'error',
      query_of_theirs: 'error',
      ours: 'pass',
    });
  },
);
