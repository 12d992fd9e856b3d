import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuditStore } from '@aegis/audit';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { finishRun } from '../runs/finish-run.js';
import { runRules } from '../runs/run-rules.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';
import { exportDataset } from './export-dataset.js';
import { searchHistory, showTrajectory } from './read-history.js';
import { verifyHistory } from './verify-history.js';

const history = 'history.db';

/** A project with one run, and two model calls written into its trail besides. */
const recorded = async (): Promise<{ readonly effects: Effects; readonly head: string | undefined }> => {
  const effects = await testProject({
    'customers.csv': customers,
    'rules.yaml': rulesFile({ there: { table: 'customers.csv', logic: 'type: not_null, column: id' } }),
  });
  const store = openAuditStore(join(effects.cwd, history));
  const runId = '20260101-000000-abcdef';
  await store.startRun({
    runId,
    kind: 'explain',
    startedAt: '2026-01-01T00:00:00Z',
    rulesFiles: [],
    warehouse: 'duckdb',
    llm: 'x/y',
  });
  for (const response of ['It lacks the order-id.', '']) {
    await store.recordDecision(runId, {
      ...{
        node: 'diagnose_narrate',
        ruleId: 'there',
        prompt: 'Why?',
        response,
        model: 'y',
        promptVersion: 'diagnose/1',
      },
      ...{ inputTokens: 10, outputTokens: 5, costUsd: 0.25, latencyMs: 100 },
    });
  }
  await store.close();
  return { effects, head: await runOnce(effects) };
};

const runOnce = async (effects: Effects): Promise<string | undefined> => {
  const { report } = await finishRun(runRules({ rules: ['rules.yaml'], llm: false, history }, effects));
  return report.audit_head;
};

describe('the audit trail', () => {
  it('is verified against the head that a run reports', async () => {
    const { effects, head } = await recorded();
    expect(head).toMatch(/^[0-9a-f]{64}$/);
    expect(await verifyHistory({ history, head }, effects)).toMatchObject({ ok: true, head: { hash: head } });
    await runOnce(effects);
    expect(await verifyHistory({ history, head: ` ${head?.toUpperCase()}\n` }, effects)).toMatchObject({ ok: true });
    const { problems } = await verifyHistory({ history, head: '0'.repeat(63).concat('1') }, effects);
    expect(problems).toMatchObject([{ kind: 'cut' }]);
  });

  it('is not verified against what is no hash, and not where there is none', async () => {
    const { effects, head } = await recorded();
    await expect(verifyHistory({ history, head: head?.slice(1) }, effects)).rejects.toMatchObject({
      code: 'config/usage',
    });
    await expect(verifyHistory({ history: 'gone.db' }, effects)).rejects.toMatchObject({ code: 'audit/not-found' });
  });

  it('is searched by words, and holds none where nothing was recorded', async () => {
    const { effects } = await recorded();
    const hits = await searchHistory({ history, query: 'order-id' }, effects);
    expect(hits).toMatchObject([{ ruleId: 'there', field: 'response', snippet: 'It lacks the order-id.' }]);
    expect(await searchHistory({ history: 'gone.db', query: 'order' }, effects)).toEqual([]);
  });

  it('gives a run as a tree, by default the latest', async () => {
    const { effects } = await recorded();
    const latest = await showTrajectory({ history }, effects);
    expect(latest.children.map(({ name }) => name)).toContain('customers.csv');
    const calls = await showTrajectory({ history, run: '20260101' }, effects);
    expect(calls).toMatchObject({ costUsd: 0.5, inputTokens: 20, children: [{ name: 'there' }, { name: 'there' }] });
  });
});

describe('the dataset of model calls', () => {
  const linesOf = async (effects: Effects, file = 'calls.jsonl') =>
    (await readFile(join(effects.cwd, file), 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  it('has a conversation for each call, and only good ones when asked', async () => {
    const { effects } = await recorded();
    expect(await exportDataset({ history, output: 'calls.jsonl' }, effects)).toMatchObject({ lines: 2 });
    const [first] = await linesOf(effects);
    expect(first.conversations).toEqual([
      { from: 'human', value: 'Why?' },
      { from: 'gpt', value: 'It lacks the order-id.' },
    ]);
    const none = { history, output: 'calls.jsonl', force: true };
    expect(await exportDataset({ ...none, quality: true }, effects)).toMatchObject({ lines: 0 });
    expect(await exportDataset({ ...none, minTurns: 3 }, effects)).toMatchObject({ lines: 0 });
    expect(await exportDataset({ ...none, node: 'remediate' }, effects)).toMatchObject({ lines: 0 });
    expect(await linesOf(effects)).toEqual([]);
  });

  it('replaces a file only when told to', async () => {
    const { effects } = await recorded();
    await writeFile(join(effects.cwd, 'calls.jsonl'), 'kept');
    await expect(exportDataset({ history, output: 'calls.jsonl' }, effects)).rejects.toMatchObject({
      code: 'config/output',
      message: expect.stringMatching(/calls\.jsonl already exists$/),
    });
    expect(await readFile(join(effects.cwd, 'calls.jsonl'), 'utf8')).toBe('kept');
  });

  it('leaves the older file, and nothing else, when it fails on the way', async () => {
    const { effects } = await recorded();
    await writeFile(join(effects.cwd, 'calls.jsonl'), 'kept');
    const failing = exportDataset({ history, output: 'calls.jsonl', force: true, run: 'nosuch' }, effects);
    await expect(failing).rejects.toMatchObject({ code: 'audit/not-found' });
    expect(await readFile(join(effects.cwd, 'calls.jsonl'), 'utf8')).toBe('kept');
    expect((await readdir(effects.cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
