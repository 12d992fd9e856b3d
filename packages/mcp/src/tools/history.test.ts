import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect, dataOf, textOf } from '../testing/connect.js';
import { narratedProject } from '../testing/narrated-project.js';
import { many, shop, testProject } from '../testing/test-project.js';

describe('aegis_report', () => {
  it('reads the latest run, or one by the beginning of its id', async () => {
    const { call } = await connect();
    const { run_id } = dataOf(await call('aegis_run', { rules: ['rules'] }));
    await call('aegis_run', { rules: ['rules'], select: ['amounts_there'] });
    expect(dataOf(await call('aegis_report'))).toMatchObject({ summary: { total_rules: 1 }, results: [] });
    const first = dataOf(await call('aegis_report', { run: run_id }));
    expect(first).toMatchObject({
      run_id,
      results: [{ rule_id: 'ids_unique' }, { rule_id: 'emails_there' }],
      detail: null,
    });
    const all = dataOf(await call('aegis_report', { run: run_id, outcomes: ['pass', 'fail'] }));
    expect(all).toMatchObject({ results: [{ outcome: 'fail' }, { outcome: 'fail' }, { outcome: 'pass' }] });
  });

  it('tells everything about one rule, and rows only where the server shows them', async () => {
    const { call, effects } = await connect();
    await call('aegis_run', { rules: ['rules'] });
    const told = dataOf(await call('aegis_report', { rule: 'ids_unique' }));
    expect(told).toMatchObject({
      results: [{ rule_id: 'ids_unique' }],
      detail: { rule_type: 'unique', rows_failed: 1 },
    });
    expect(told.detail).not.toHaveProperty('sample');
    const showing = await connect({ effects, options: { samples: 'redacted' } });
    const shown = dataOf(await showing.call('aegis_report', { rule: 'emails_there' }));
    expect(shown).toMatchObject({ detail: { sample: [{ id: '2', email: null, amount: '30' }] } });
    const missing = await call('aegis_report', { rule: 'nosuch' });
    expect(textOf(missing)).toMatch(
      /^error config\/usage: run \S+ has no rule "nosuch"\n {2}aegis_report without rule/,
    );
  });

  it('gives pages whose cursors fit no other list', async () => {
    const { call } = await connect({ effects: await testProject(many(30)) });
    await call('aegis_run', { rules: ['rules'] });
    const ids = [];
    let cursor: unknown;
    do {
      const page = dataOf(await call('aegis_report', { limit: 7, ...(cursor ? { cursor } : {}) }));
      const results = page.results as readonly { readonly rule_id: string }[];
      expect(results.length).toBeLessThanOrEqual(7);
      ids.push(...results.map(({ rule_id }) => rule_id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
    const { next_cursor } = dataOf(await call('aegis_report', { limit: 7 }));
    for (const args of [{ cursor: 'x' }, { cursor: next_cursor, outcomes: ['fail'] }, { cursor: '' }]) {
      expect(textOf(await call('aegis_report', args))).toMatch(/^error config\/usage: the cursor does not belong/);
    }
    expect(textOf(await call('aegis_list_runs', { cursor: next_cursor }))).toMatch(/does not belong to this list/);
  });

  it('stays small enough for a context, however long the texts in a report are', async () => {
    const { call } = await connect({ effects: await testProject(many(100, 'x'.repeat(60))) });
    const ran = await call('aegis_run', { rules: ['rules'], limit: 100 });
    expect(JSON.stringify(ran.structuredContent).length).toBeLessThan(30_000);
    expect(dataOf(ran).next_cursor).not.toBeNull();
    const detail = await call('aegis_report', { rule: `r0_${'x'.repeat(60)}` });
    expect(JSON.stringify(detail.structuredContent).length).toBeLessThan(30_000);
  });

  it.each(['../report', './report.json', 'a b', '%'])('takes no file for a run: %s', async (run) => {
    const { call, effects } = await connect();
    await writeFile(join(effects.cwd, 'report.json'), '{}');
    expect(textOf(await call('aegis_report', { run }))).toMatch(/must be the id of a run/);
  });

  it('says that nothing was recorded yet', async () => {
    const { call } = await connect();
    expect(textOf(await call('aegis_report'))).toMatch(/^error audit\/not-found: /);
    expect(textOf(await call('aegis_trajectory'))).toMatch(/^error audit\/not-found: /);
    expect(dataOf(await call('aegis_list_runs'))).toEqual({ runs: [], next_cursor: null });
    expect(dataOf(await call('aegis_search', { query: 'order' }))).toEqual({ hits: [], next_cursor: null });
  });
});

describe('aegis_list_runs', () => {
  it('goes on where it was, whatever was recorded since', async () => {
    const { call } = await connect();
    for (let run = 0; run < 5; run += 1) await call('aegis_run', { rules: ['rules'], select: ['amounts_there'] });
    const first = dataOf(await call('aegis_list_runs', { limit: 2 }));
    await call('aegis_run', { rules: ['rules'], select: ['amounts_there'] });
    const second = dataOf(await call('aegis_list_runs', { limit: 2, cursor: first.next_cursor }));
    const third = dataOf(await call('aegis_list_runs', { limit: 2, cursor: second.next_cursor }));
    const ids = [first, second, third].flatMap(({ runs }) =>
      (runs as { run_id: string }[]).map(({ run_id }) => run_id),
    );
    expect([ids.length, new Set(ids).size, third.next_cursor]).toEqual([5, 5, null]);
  });
});

describe('aegis_trajectory', () => {
  it('shows a run as a tree, in pages', async () => {
    const { call } = await connect();
    const { run_id } = dataOf(await call('aegis_run', { rules: ['rules'] }));
    const result = await call('aegis_trajectory', { run: run_id });
    expect(dataOf(result)).toMatchObject({
      run_id,
      nodes: expect.arrayContaining([
        expect.objectContaining({ depth: 0, kind: 'run', name: run_id, outcome: 'completed' }),
        expect.objectContaining({ depth: 1, kind: 'table', name: '../customers.csv' }),
        expect.objectContaining({ depth: 2, kind: 'step', name: 'execute' }),
      ]),
    });
    const page = dataOf(await call('aegis_trajectory', { run: run_id, limit: 1 }));
    expect(page).toMatchObject({ nodes: [{ kind: 'run' }], next_cursor: expect.any(String) });
  });
});

describe('aegis_search', () => {
  it('finds calls of a model, and shows prompts only where rows may be seen', async () => {
    const effects = await narratedProject();
    const { call } = await connect({ effects });
    await call('aegis_run', { rules: ['rules.yaml'] });
    const found = dataOf(await call('aegis_search', { query: 'order-id' }));
    expect(found).toMatchObject({
      hits: [{ rule_id: 'there', field: 'response', snippet: expect.stringContaining('It lacks the order-id.') }],
    });
    expect(dataOf(await call('aegis_search', { query: 'zurich' }))).toMatchObject({
      hits: expect.arrayContaining([expect.objectContaining({ field: 'prompt', snippet: null })]),
    });
    const showing = await connect({ effects, options: { samples: 'redacted' } });
    expect(dataOf(await showing.call('aegis_search', { query: 'zurich' }))).toMatchObject({
      hits: expect.arrayContaining([expect.objectContaining({ snippet: expect.stringContaining('Zurich') })]),
    });
    for (const query of ['"', '*', 'a OR', "o'brien", '%']) {
      expect((await call('aegis_search', { query })).isError).toBeFalsy();
    }
  });
});

describe('aegis_compare_runs', () => {
  it('tells what changed between the latest two runs, or those that are named', async () => {
    const { call, effects } = await connect();
    const { run_id: before } = dataOf(await call('aegis_run', { rules: ['rules'] }));
    expect(textOf(await call('aegis_compare_runs'))).toMatch(
      /^error audit\/not-found: there are not two finished runs/,
    );
    await appendFile(join(effects.cwd, 'customers.csv'), '9,zoe@example.com,\n');
    const { run_id: after } = dataOf(await call('aegis_run', { rules: ['rules'] }));
    const result = await call('aegis_compare_runs');
    expect(dataOf(result)).toMatchObject({ before, after, counts: { newly_failing: 1, still_failing: 2 } });
    expect(dataOf(result)).toMatchObject({ changes: [{ rule_id: 'amounts_there', kind: 'newly_failing' }, {}, {}] });
    expect(dataOf(await call('aegis_compare_runs', { before: after, after: before }))).toMatchObject({
      counts: { fixed: 1 },
    });
    expect(dataOf(await call('aegis_compare_runs', { after }))).toMatchObject({ before, after });
    expect((await call('aegis_compare_runs', { before: 'nosuch', after })).isError).toBe(true);
  });
});

describe('aegis_validate', () => {
  it('says what is wrong in rules files, and how far it looked', async () => {
    const effects = await testProject({
      ...shop,
      'rules/broken.yaml': '- metadata: { id: x }\n  logic: { type: not_nul }\n',
    });
    const { call } = await connect({ effects });
    const offline = dataOf(await call('aegis_validate', { rules: ['rules'] }));
    expect(offline).toMatchObject({ valid: false, depth: 'offline', files: 2, valid_rules: 3 });
    expect(JSON.stringify(offline)).toContain('not_null');
    const deep = dataOf(await call('aegis_validate', { rules: ['rules/shop.yaml'], check_sql: true }));
    expect(deep).toMatchObject({ valid: true, depth: 'statements', errors: 0 });
  });
});
