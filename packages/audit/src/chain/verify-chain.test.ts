import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { decision, report, runStart } from '../__fixtures__/records.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { openAuditStore } from '../open-audit-store.js';

const unlock = `
  DROP TRIGGER runs_are_kept; DROP TRIGGER runs_start_once; DROP TRIGGER runs_complete_once;
  DROP TRIGGER decisions_are_kept; DROP TRIGGER decisions_stay;
  DROP TRIGGER chain_is_kept; DROP TRIGGER chain_stays;`;

/** What someone can do who may write the file: the chain has to show it. Events 1 to 4 are r1, 5 to 6 are r2. */
describe('verifying a chain that someone changed', () => {
  let path: string;
  let head: string;

  beforeEach(async () => {
    path = join(temporaryFolder(), 'history.db');
    const store = openAuditStore({ path, clock: () => new Date('2025-03-01T10:00:01.000Z') });
    await store.startRun(runStart('r1'));
    await store.recordDecision('r1', decision());
    await store.recordDecision('r1', decision({ response: 'The second answer. \ud800' }));
    await store.finishRun('r1', report('r1'));
    await store.startRun(runStart('r2'));
    await store.recordDecision('r2', decision());
    head = (await store.head()).hash;
    await store.close();
  });

  const tamper = (sql: string) => {
    const database = new Database(path);
    database.pragma('foreign_keys = OFF');
    database.exec(`${unlock} ${sql}`);
    database.close();
  };

  const verify = async (options = {}) => {
    const store = openAuditStore(path);
    const { ok, problems } = await store.verify(options);
    await store.close();
    return { ok, problems: problems.map(({ kind, seq, runId }) => [kind, seq, runId]) };
  };

  it('finds nothing while nothing was changed', async () => {
    expect(await verify({ head })).toEqual({ ok: true, problems: [] });
  });

  it.each([
    ['an answer', `UPDATE decisions SET response = 'better' WHERE id = 1`, ['altered', 2, 'r1']],
    ['a cost', 'UPDATE decisions SET cost_usd = 0 WHERE id = 2', ['altered', 3, 'r1']],
    ['when a run started', `UPDATE runs SET started_at = '2024' WHERE run_id = 'r1'`, ['altered', 1, 'r1']],
    ['a report', `UPDATE runs SET report_json = '{}' WHERE run_id = 'r1'`, ['altered', 4, 'r1']],
    ['a status', `UPDATE runs SET status = 'running' WHERE run_id = 'r1'`, ['altered', 4, 'r1']],
    ['a result of an unfinished run', `UPDATE runs SET report_json = '{}' WHERE run_id = 'r2'`, ['altered', 5, 'r2']],
    ['an event', `UPDATE chain SET kind = 'finish' WHERE seq = 6`, ['altered', 6, 'r2']],
    ['whose decision it was', `UPDATE decisions SET run_id = 'r2' WHERE id = 1`, ['altered', 2, 'r1']],
  ])('finds %s that was altered', async (_, sql, problem) => {
    tamper(sql);
    expect((await verify()).problems).toContainEqual(problem);
  });

  it.each([
    ['a decision', 'DELETE FROM decisions WHERE id = 2', [['removed', 3, 'r1']]],
    [
      'an event',
      'DELETE FROM chain WHERE seq = 4',
      [
        ['removed', 5, 'r2'],
        ['altered', 1, 'r1'],
      ],
    ],
    ['the first event', 'DELETE FROM chain WHERE seq = 1', [['removed', 2, 'r1']]],
    [
      'a decision with its event',
      'DELETE FROM decisions WHERE id = 1; DELETE FROM chain WHERE seq = 2',
      [['removed', 3, 'r1']],
    ],
  ])('finds that %s was removed', async (_, sql, problems) => {
    tamper(sql);
    expect(await verify()).toEqual({ ok: false, problems });
  });

  it('finds a run that was removed', async () => {
    tamper(`DELETE FROM runs WHERE run_id = 'r1'`);
    expect((await verify()).problems).toEqual([['removed', 1, 'r1']]);
  });

  it('finds events that were renumbered to hide a gap', async () => {
    tamper(
      'DELETE FROM decisions WHERE id = 1; DELETE FROM chain WHERE seq = 2; UPDATE chain SET seq = seq - 1 WHERE seq > 2',
    );
    expect((await verify()).ok).toBe(false);
  });

  const copyDecision = `
    INSERT INTO decisions (run_id, node, prompt, response, model, input_tokens, output_tokens, latency_ms, recorded_at)
    SELECT run_id, node, prompt, response, model, input_tokens, output_tokens, latency_ms, recorded_at
    FROM decisions WHERE id = 1`;

  it.each([
    ['a decision', copyDecision, ['inserted', null, 'r1']],
    [
      'a run',
      `INSERT INTO runs (run_id, kind, status, started_at, warehouse) VALUES ('r9', 'run', 'running', '2025', 'duckdb')`,
      ['inserted', null, 'r9'],
    ],
    [
      'an event',
      `INSERT INTO chain SELECT 7, run_id, kind, decision_id, payload_hash, previous_hash, 'forged' FROM chain WHERE seq = 6`,
      ['inserted', 7, 'r2'],
    ],
  ])('finds that %s was inserted', async (_, sql, problem) => {
    tamper(sql);
    expect((await verify()).problems).toContainEqual(problem);
  });

  it('finds a tail that was cut off with its rows, when it knows the head', async () => {
    tamper('DELETE FROM decisions WHERE id = 3; DELETE FROM chain WHERE seq = 6');
    expect(await verify()).toEqual({ ok: true, problems: [] });
    expect(await verify({ head })).toEqual({ ok: false, problems: [['cut', null, null]] });
  });

  it('finds a tail that was cut off without its rows', async () => {
    tamper('DELETE FROM chain WHERE seq > 3');
    expect((await verify()).problems).toEqual([
      ['altered', 1, 'r1'],
      ['inserted', null, 'r2'],
      ['inserted', null, 'r2'],
    ]);
  });
});
