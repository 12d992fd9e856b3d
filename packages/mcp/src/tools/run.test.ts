import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { duckdb } from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import { connect, dataOf, type Era, textOf } from '../testing/connect.js';
import { shop, testProject } from '../testing/test-project.js';

const ruleOn = (id: string, table: string, logic: string): string =>
  `- { metadata: { id: ${id}, description: d, owner: o }, scope: { table: ${table} }, logic: { ${logic} } }\n`;

describe.each<Era>(['legacy', 'auto'])('aegis_run, protocol %s', (era) => {
  it('records a run and gives what failed, the gravest first', async () => {
    const { call } = await connect({ era });
    const result = await call('aegis_run', { rules: ['rules'] });
    expect(textOf(result)).toMatch(
      /^Run \S+ \(completed\): 3 rules, 1 passed, 2 failed\.\n- \[fail, .*\] ids_unique on/,
    );
    expect(dataOf(result)).toMatchObject({
      verdict: 'failed',
      summary: { total_rules: 3, failed: 2 },
      results: [{ rule_id: 'ids_unique' }, { rule_id: 'emails_there' }],
      next_cursor: null,
    });
    const { run_id } = dataOf(result);
    expect(dataOf(await call('aegis_list_runs'))).toMatchObject({ runs: [{ run_id, status: 'completed', failed: 2 }] });
  });

  it('tells its progress to a client that asks for it', async () => {
    const { client } = await connect({ era });
    const told: { progress: number; total?: number | undefined; message?: string | undefined }[] = [];
    const onprogress = (progress: (typeof told)[number]) => void told.push(progress);
    await client.callTool({ name: 'aegis_run', arguments: { rules: ['rules'] } }, { onprogress });
    expect(told.map(({ progress, total }) => [progress, total])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(told[0]?.message).toBe('3 rules on 1 tables');
  });

  it('ends the query in the engine when it is cancelled, and records that', async () => {
    const { effects, run, stop } = await endlessRun(era);
    stop.abort();
    await expect(run).rejects.toThrow();
    const { call } = await connect({ effects, era });
    await untilEnded(call);
    expect(dataOf(await call('aegis_list_runs'))).toMatchObject({ runs: [{ status: 'cancelled' }] });
    const resumed = await call('aegis_run', { rules: ['quick.yaml'], db: 'shop.duckdb' });
    expect(dataOf(resumed)).toMatchObject({ verdict: 'passed' });
  });

  it('ends a run whose client hangs up, and records that', async () => {
    const { effects, run, toServer, serving } = await endlessRun(era);
    toServer.end();
    await serving.closed;
    const { call } = await connect({ effects, era });
    await untilEnded(call);
    expect(dataOf(await call('aegis_list_runs'))).toMatchObject({ runs: [{ status: 'cancelled' }] });
    expect(
      await Promise.race([
        run.then(
          () => 'answered',
          () => 'ended',
        ),
        sleep(10, 'open'),
      ]),
    ).not.toBe('answered');
  });
});

/** A join that would take the engine years, were it not told to stop. */
const endless = 'select a.id from {table} a, {table} b, {table} c where a.id * b.id + c.id = -1';

/** A run that is at work in the engine. */
const endlessRun = async (era: Era) => {
  const effects = await testProject({
    'rules.yaml':
      ruleOn('quick', 't', 'type: not_null, column: id') + ruleOn('slow', 't', `type: custom_sql, query: "${endless}"`),
    'quick.yaml': ruleOn('quick', 't', 'type: not_null, column: id'),
  });
  const warehouse = duckdb({ path: join(effects.cwd, 'shop.duckdb'), access: 'read_write' });
  await warehouse.executeScalar('CREATE TABLE t AS SELECT range AS id FROM range(100000)');
  await warehouse.close?.();
  const connected = await connect({ effects, era });
  const stop = new AbortController();
  const started = Promise.withResolvers<void>();
  const run = connected.client.callTool(
    { name: 'aegis_run', arguments: { rules: ['rules.yaml'], db: 'shop.duckdb' } },
    { signal: stop.signal, onprogress: ({ progress }) => progress > 0 && started.resolve() },
  );
  run.catch(() => undefined);
  await Promise.race([started.promise, sleep(3000)]);
  return { ...connected, run, stop };
};

const untilEnded = async (call: Awaited<ReturnType<typeof connect>>['call']): Promise<void> => {
  for (let waited = 0; waited < 200; waited += 1) {
    const { runs } = dataOf(await call('aegis_list_runs')) as { readonly runs: readonly { readonly status: string }[] };
    if (runs[0] !== undefined && runs[0].status !== 'running') return;
    await sleep(25);
  }
};

describe('aegis_run', () => {
  it('runs only what is selected, on the rows that are asked for', async () => {
    const { call } = await connect();
    const args = { rules: ['rules/shop.yaml'], select: ['emails_there'], where: 'id = 1' };
    expect(dataOf(await call('aegis_run', args))).toMatchObject({ verdict: 'passed', summary: { total_rules: 1 } });
    const low = { rules: ['rules'], select: ['emails_there'], fail_on: 'high', now: '2026-01-01T00:00:00Z' };
    expect(dataOf(await call('aegis_run', low))).toMatchObject({ summary: { total_rules: 1 } });
  });

  it('goes on in pages of aegis_report', async () => {
    const { call } = await connect();
    const first = dataOf(await call('aegis_run', { rules: ['rules'], limit: 1 }));
    expect(first).toMatchObject({ results: [{ rule_id: 'ids_unique' }], next_cursor: expect.any(String) });
    const next = { run: first.run_id, cursor: first.next_cursor };
    expect(dataOf(await call('aegis_report', next))).toMatchObject({
      results: [{ rule_id: 'emails_there' }],
      next_cursor: null,
    });
  });

  it.each([
    [{ rules: ['gone.yaml'] }, /^error rule\/not-found: no such file or directory: gone\.yaml/],
    [{ rules: ['rules'], db: 'gone.duckdb' }, /^error config\/not-found: the database file .* does not exist/],
    [{ rules: ['rules'], warehouse: 'duckbd' }, /^error config\/missing-adapter: .*\n {2}Did you mean "duckdb"\?/],
    [{ rules: ['rules'], where: 'id = 1; drop table x' }, /^error guard\//],
    [{ rules: ['rules'], resume: 'nosuch' }, /^error audit\/not-found: /],
    [{ rules: ['broken.yaml'] }, /^error rule\/unknown-type: broken\.yaml:1:\d+: .*\n {2}Did you mean "not_null"\?/],
  ])('tells what is wrong with %j as an answer', async (args, message) => {
    const effects = await testProject({ ...shop, 'broken.yaml': ruleOn('b', 't', 'type: not_nul, column: id') });
    const { call } = await connect({ effects });
    const result = await call('aegis_run', args);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(message);
    expect(textOf(result)).not.toMatch(/\n\s+at |node_modules/);
    const code = /^error (\S+):/.exec(textOf(result))?.[1];
    expect(result._meta?.['aegis.dev/error']).toMatchObject({ code, retryable: false });
  });

  it.each([
    [{}, /rules/],
    [{ rules: [] }, /rules/],
    [{ rules: 'rules' }, /rules/],
    [{ rules: ['rules'], history: '/tmp/x' }, /history/],
    [{ rules: ['rules'], warehouse: './evil.js' }, /warehouse/],
    [{ rules: ['rules'], now: 'yesterday' }, /now/],
    [{ rules: ['rules'], limit: 0 }, /limit/],
  ])('refuses arguments that do not fit: %j', async (args, message) => {
    const { call } = await connect();
    const result = await call('aegis_run', args);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(message);
  });

  it('reports a rule that cannot be judged, and is incomplete then', async () => {
    const effects = await testProject({
      ...shop,
      'odd.yaml': ruleOn('odd', 'customers.csv', 'type: not_null, column: emial'),
    });
    const { call } = await connect({ effects });
    expect(dataOf(await call('aegis_run', { rules: ['odd.yaml'] }))).toMatchObject({
      verdict: 'incomplete',
      results: [{ outcome: 'error', error: { code: 'plan/missing-column', hint: expect.stringContaining('email') } }],
    });
  });

  it('has no secret in its answers', async () => {
    const effects = await testProject({
      ...shop,
      'aegis.yaml': 'warehouses: { duckdb: { type: duckdb, path: "${env:DB_PATH}" } }\n',
    });
    effects.secrets.add('hunter2-secret');
    const { call } = await connect({
      effects: { ...effects, env: { ...effects.env, DB_PATH: 'hunter2-secret.duckdb' } },
    });
    const result = await call('aegis_run', { rules: ['rules'] });
    expect(JSON.stringify(result)).not.toContain('hunter2-secret');
  });
});
