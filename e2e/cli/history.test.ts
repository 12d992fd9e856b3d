import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuditStore } from '@aegis/audit';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { scenario, scenarioUnless } from '../scenario.js';
import { aegis, type Finished, shell } from './aegis.js';
import { runArgs, shop } from './project.js';
import { expectEnd, readReport } from './reports.js';
import { missingPrivilege, withDisk } from './small-disk.js';

const historyArgs = [...runArgs, '--history', 'history.db'];
const missing = await missingPrivilege();
const notRecorded = /This run is not recorded and learns nothing from earlier ones: /;

/** A shop with the history of one run. */
const recordedShop = async (): Promise<string> => {
  const cwd = await shop();
  expectEnd(await aegis(historyArgs, { cwd }), { code: 1 });
  return cwd;
};

describe('a history', () => {
  scenario('command/audit', 'holds every run, and shows what came of it', async () => {
    const cwd = await recordedShop();
    expectEnd(await aegis(['audit', 'list-runs', '--history', 'history.db'], { cwd }), {
      code: 0,
      stdout: /^RUN .*\n\d{8}-\d{6}-\w+ +run .* completed +2 +1 +0 +duckdb\n$/,
    });
    expectEnd(await aegis(['audit', 'show', '--history', 'history.db'], { cwd }), {
      code: 0,
      stdout: /status +completed[\s\S]*execute +orders[\s\S]*status_there +orders +fail/,
    });
  });

  scenario('history/corrupt', 'that is damaged costs the run its record only, and stays as it is', async () => {
    const cwd = await shop();
    const garbage = 'this is no database at all, whatever its name says\n'.repeat(20);
    await writeFile(join(cwd, 'history.db'), garbage);
    const finished = await aegis(historyArgs, { cwd });
    expectEnd(finished, { code: 1, stderr: notRecorded, stdout: /2 rules: 1 passed · 1 failed/ });
    expect(finished.stderr).toContain('is damaged or not an Aegis audit trail');
    expect(await readFile(join(cwd, 'history.db'), 'utf8')).toBe(garbage);
    expectEnd(await aegis(['audit', 'list-runs', '--history', 'history.db'], { cwd }), { code: 3, stderr: /damaged/ });
  });

  scenario('history/newer', 'of a newer version costs the run its record only, and stays as it is', async () => {
    const cwd = await recordedShop();
    const database = new Database(join(cwd, 'history.db'));
    database.pragma('user_version = 999');
    database.close();
    const before = await readFile(join(cwd, 'history.db'));
    expectEnd(await aegis(historyArgs, { cwd }), { code: 1, stderr: /was written by a newer Aegis/ });
    expect((await readFile(join(cwd, 'history.db'))).equals(before)).toBe(true);
  });

  const isRoot = process.getuid?.() === 0;

  scenarioUnless(
    isRoot ? 'a user that permissions bind (not root)' : undefined,
    'history/read-only',
    'that may not be written costs the run its record only',
    async () => {
      const cwd = await recordedShop();
      await chmod(join(cwd, 'history.db'), 0o444);
      await chmod(cwd, 0o555);
      const finished = await aegis(historyArgs, { cwd });
      await chmod(cwd, 0o755);
      expectEnd(finished, { code: 1, stderr: notRecorded, stdout: /2 rules: 1 passed · 1 failed/ });
    },
  );

  scenarioUnless(missing, 'history/read-only', 'on a read-only disk costs the run its record only', async () => {
    const cwd = await recordedShop();
    const finished = await withDisk(cwd, (disk) => [
      `mount -o remount,size=4M,rw ${disk} && cp history.db ${disk}/ && mount -o remount,ro ${disk}`,
      `aegis ${runArgs.join(' ')} --history ${disk}/history.db`,
    ]);
    expectEnd(finished, { code: 1, stderr: notRecorded, stdout: /2 rules: 1 passed · 1 failed/ });
  });

  scenario('history/read-only', 'that has no place to be costs the run its record only', async () => {
    const cwd = await shop(undefined, { 'file/..keep': '', 'plain-file': '' });
    const finished = await shell(`aegis ${runArgs.join(' ')} --history plain-file/history.db`, { cwd });
    expectEnd(finished, { code: 1, stderr: notRecorded, stdout: /2 rules: 1 passed · 1 failed/ });
  });
});

const audit = (cwd: string, ...args: readonly string[]): Promise<Finished> =>
  aegis(['audit', ...args, '--history', 'history.db'], { cwd });

/** Changes the trail behind its back, as someone with another program could. */
const tamper = (file: string, ...statements: readonly string[]): void => {
  const database = new Database(file);
  try {
    for (const { name } of database
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .all()) {
      database.exec(`DROP TRIGGER ${name}`);
    }
    database.pragma('foreign_keys = OFF');
    for (const statement of statements) database.exec(statement);
  } finally {
    database.close();
  }
};

/** A shop with two runs and a model call in its history, and the head after the first run. */
const chainedShop = async (): Promise<{ readonly cwd: string; readonly head: string; readonly lastHead: string }> => {
  const cwd = await shop();
  await aegis([...historyArgs, '--output-json', 'first.json'], { cwd });
  const store = openAuditStore(join(cwd, 'history.db'));
  const runId = '20260101-000000-abcdef';
  const start = {
    runId,
    kind: 'explain',
    startedAt: '2026-01-01T00:00:00Z',
    rulesFiles: [],
    warehouse: 'w',
    llm: 'x/y',
  } as const;
  await store.startRun(start);
  await store.recordDecision(runId, {
    ...{
      node: 'diagnose_narrate',
      ruleId: 'status_there',
      prompt: 'Why is order-id null?',
      response: "O'Brien: what?",
    },
    ...{ model: 'y', promptVersion: 'diagnose/1', inputTokens: 10, outputTokens: 5, costUsd: 0.25, latencyMs: 100 },
  });
  await store.close();
  await aegis([...historyArgs, '--output-json', 'second.json'], { cwd });
  const [first, second] = await Promise.all(['first.json', 'second.json'].map((name) => readReport(cwd, name)));
  return { cwd, head: first?.audit_head ?? '', lastHead: second?.audit_head ?? '' };
};

describe('the chain of a history', () => {
  scenario('audit/verify', 'is intact for every head that a run printed', async () => {
    const { cwd, head, lastHead } = await chainedShop();
    for (const known of [head, lastHead]) {
      expectEnd(await audit(cwd, 'verify', '--head', known), {
        code: 0,
        stdout: new RegExp(`^6 events, intact\\naudit head ${lastHead}\\n$`),
      });
    }
  });

  const changes: readonly (readonly [what: string, statement: string, found: RegExp])[] = [
    [
      'an answer that was changed',
      "UPDATE decisions SET response = 'All is well.'",
      /^altered: Decision 1 was changed$/m,
    ],
    ['a cost that was changed', 'UPDATE decisions SET cost_usd = 0', /^altered: Decision 1 was changed$/m],
    [
      'a report that was changed',
      "UPDATE runs SET report_json = '{}' WHERE kind = 'run'",
      /^altered: The finish of run/m,
    ],
    ['a run that was renamed', "UPDATE runs SET warehouse = 'v' WHERE kind = 'explain'", /^altered: The start of run/m],
    [
      'an event that was changed',
      'UPDATE chain SET payload_hash = hash WHERE seq = 3',
      /^altered: Event 3 was changed$/m,
    ],
    ['a decision that was removed', 'DELETE FROM decisions', /^removed: Decision 1 is gone$/m],
    ['an event that was removed', 'DELETE FROM chain WHERE seq = 3', /^removed: Events before event 4 are gone$/m],
    [
      'a decision that was inserted',
      `INSERT INTO decisions SELECT 9, run_id, node, rule_id, prompt, response, model,
      prompt_version, input_tokens, output_tokens, cost_usd, latency_ms, recorded_at FROM decisions`,
      /^inserted: No event speaks of decision 9$/m,
    ],
    [
      'a run that was inserted',
      `INSERT INTO runs (run_id, kind, status, started_at, warehouse)
      VALUES ('x', 'run', 'running', '2026-01-01', 'w')`,
      /^inserted: No event speaks of run x$/m,
    ],
  ];

  scenario('audit/verify', 'tells of every row that was altered, removed or inserted', async () => {
    const { cwd } = await chainedShop();
    for (const [what, statement, found] of changes) {
      await copyFile(join(cwd, 'history.db'), join(cwd, 'changed.db'));
      tamper(join(cwd, 'changed.db'), statement);
      const finished = await aegis(['audit', 'verify', '--history', 'changed.db'], { cwd });
      expect(finished.stdout, what).toMatch(found);
      expectEnd(finished, { code: 1 });
    }
  });

  scenario('audit/verify', 'tells of an end that was cut off, once it knows the head', async () => {
    const { cwd, head, lastHead } = await chainedShop();
    tamper(
      join(cwd, 'history.db'),
      'DELETE FROM runs WHERE rowid = (SELECT max(rowid) FROM runs)',
      'DELETE FROM chain WHERE seq > 4',
    );
    expectEnd(await audit(cwd, 'verify'), { code: 0, stdout: /^4 events, intact/ });
    expectEnd(await audit(cwd, 'verify', '--head', head), { code: 0 });
    const cut = await audit(cwd, 'verify', '--head', lastHead, '--json');
    expectEnd(cut, { code: 1 });
    expect(JSON.parse(cut.stdout)).toMatchObject({ ok: false, events: 4, problems: [{ kind: 'cut' }] });
  });

  scenario('audit/verify', 'cannot be judged in a file that is none, or by a head that is none', async () => {
    const cwd = await shop(undefined, { 'history.db': 'no database '.repeat(100) });
    expectEnd(await audit(cwd, 'verify'), { code: 3, stdout: '', stderr: /damaged/ });
    expectEnd(await audit(cwd, 'verify', '--head', '12'), { code: 2, stdout: '', stderr: /64 hexadecimal digits/ });
    expectEnd(await aegis(['audit', 'verify'], { cwd }), { code: 2, stdout: '' });
  });
});

describe('the model calls of a history', () => {
  scenario('audit/trajectory', 'hang on their run, and every line fits 40 columns', async () => {
    const { cwd } = await chainedShop();
    expectEnd(await audit(cwd, 'trajectory', '20260101'), {
      code: 0,
      stdout:
        /^20260101-000000-abcdef\n│ started .* · running · 1 model call · 10 \+ 5 tokens · \$0\.2500\n└─ status_there .* · call 1 of y · /,
    });
    const narrow = await aegis(['audit', 'trajectory', '--history', 'history.db'], { cwd, env: { COLUMNS: '40' } });
    expectEnd(narrow, { code: 0, stdout: /─ execute/ });
    expect(Math.max(...narrow.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  scenario('audit/search', 'are found by their words', async () => {
    const { cwd } = await chainedShop();
    for (const query of ['order-id', "o'brien", 'what?', 'null why']) {
      expectEnd(await audit(cwd, 'search', query), {
        code: 0,
        stdout: /^call 1 {2}20260101-000000-abcdef {2}diagnose_narrate/,
      });
    }
    expectEnd(await audit(cwd, 'search', 'NEAR(why null)', '--json'), { code: 0, stdout: /^\[\]\n$/ });
  });

  scenario('audit/export-dataset', 'are written as conversations', async () => {
    const { cwd } = await chainedShop();
    expectEnd(await audit(cwd, 'export-dataset', 'calls.jsonl', '--node', 'diagnose_narrate', '--min-turns', '2'), {
      code: 0,
      stdout: '',
      stderr: /^1 conversation written to calls\.jsonl\n$/,
    });
    const lines = (await readFile(join(cwd, 'calls.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      conversations: [
        { from: 'human', value: 'Why is order-id null?' },
        { from: 'gpt', value: "O'Brien: what?" },
      ],
      metadata: { run_id: '20260101-000000-abcdef', node: 'diagnose_narrate', cost_usd: 0.25 },
    });
    expectEnd(await audit(cwd, 'export-dataset', 'calls.jsonl'), { code: 2, stderr: /already exists/ });
    expectEnd(await audit(cwd, 'export-dataset', 'calls.jsonl', '--force', '--quality'), {
      code: 0,
      stderr: /^0 conv/,
    });
    expectEnd(await audit(cwd, 'export-dataset', 'gone/calls.jsonl'), { code: 2, stderr: /the folder does not exist/ });
  });
});
