import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isAegisError } from '@aegis/spec';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { decision, report, runStart, step } from '../__fixtures__/records.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { openAuditStore } from '../open-audit-store.js';

const databaseFile = () => join(temporaryFolder(), 'history.db');

const modeOf = (path: string) => statSync(path).mode & 0o777;

/** A closed trail with one finished run. */
const writtenTrail = async () => {
  const path = databaseFile();
  const store = openAuditStore(path);
  await store.startRun(runStart('r1'));
  await store.recordDecision('r1', decision());
  await store.finishRun('r1', report('r1'));
  await store.close();
  return path;
};

const withDatabase = (path: string, work: (database: Database.Database) => void) => {
  const database = new Database(path);
  work(database);
  database.close();
};

const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (isAegisError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a new trail', () => {
  it('is made with its folders, for its owner only', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a', 'b', 'history.db');
    const store = openAuditStore(path);
    await store.startRun(runStart('r1'));
    expect(readdirSync(join(folder, 'a', 'b')).sort()).toEqual(['history.db', 'history.db-shm', 'history.db-wal']);
    for (const file of readdirSync(join(folder, 'a', 'b'))) expect(modeOf(join(folder, 'a', 'b', file))).toBe(0o600);
    expect([modeOf(join(folder, 'a')), modeOf(join(folder, 'a', 'b'))]).toEqual([0o700, 0o700]);
    await store.close();
  });

  it('leaves the mode of a folder that was there', async () => {
    const folder = join(temporaryFolder(), 'shared');
    mkdirSync(folder, { mode: 0o755 });
    await openAuditStore(join(folder, 'history.db')).close();
    expect(modeOf(folder)).toBe(0o755);
  });

  it('is named absolutely wherever it was opened from', async () => {
    const path = databaseFile();
    const store = openAuditStore(relative(process.cwd(), path));
    expect(store.path).toBe(path);
    await store.close();
  });

  it('writes ahead', async () => {
    const path = databaseFile();
    await openAuditStore(path).close();
    withDatabase(path, (database) => expect(database.pragma('journal_mode', { simple: true })).toBe('wal'));
  });
});

describe('an existing trail', () => {
  it('keeps what was written before it was closed', async () => {
    const store = openAuditStore(await writtenTrail());
    expect(await store.run('r1')).toMatchObject({ status: 'completed', report: report('r1') });
    expect(await store.search('nightly')).toHaveLength(1);
    expect(await store.verify()).toMatchObject({ ok: true, events: 3 });
    await store.close();
  });

  it('can be read by one that does not write', async () => {
    const path = await writtenTrail();
    const store = openAuditStore({ path, readOnly: true });
    expect(await store.listRuns()).toHaveLength(1);
    await expect(store.startRun(runStart('r2'))).rejects.toMatchObject({
      code: 'audit/read-only',
      message: expect.stringContaining(path),
    });
    await store.close();
  });

  it('rejects calls after it was closed, and may be closed again', async () => {
    const store = openAuditStore(await writtenTrail());
    await store.close();
    await store.close();
    await expect(store.listRuns()).rejects.toMatchObject({ code: 'audit/open' });
    await expect(store.startRun(runStart('r2'))).rejects.toMatchObject({ code: 'audit/open' });
    await expect(store.verify()).rejects.toMatchObject({ code: 'audit/open' });
  });

  it('says that it is busy while another process writes', async () => {
    const path = await writtenTrail();
    const store = openAuditStore({ path, busyTimeoutMs: 0 });
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.recordStep('r1', step('plan'))).rejects.toMatchObject({
      code: 'audit/busy',
      retryable: true,
      message: expect.stringContaining(path),
      hint: expect.any(String),
    });
    expect(await store.listRuns()).toHaveLength(1);
    other.exec('ROLLBACK');
    await store.recordStep('r1', step('plan'));
    other.close();
    await store.close();
  });
});

describe('a file that cannot be opened', () => {
  const refused = (path: string) => ({
    message: expect.stringContaining(path),
    hint: expect.any(String),
  });

  it('is reported when it is a folder', () => {
    const folder = temporaryFolder();
    expect(failure(() => openAuditStore(folder))).toMatchObject({ code: 'audit/open', ...refused(folder) });
  });

  it.skipIf(process.platform !== 'linux')('is reported when its folder cannot hold another (needs /proc)', () => {
    expect(() => openAuditStore('/proc/aegis/history.db')).toThrow('/proc/aegis/history.db');
  });

  it('is reported when its folder is a file', () => {
    const file = databaseFile();
    writeFileSync(file, '');
    const path = join(file, 'history.db');
    expect(failure(() => openAuditStore(path))).toMatchObject({ code: 'audit/open', ...refused(path) });
  });

  it('is reported when it is missing and may only be read', () => {
    const path = databaseFile();
    expect(failure(() => openAuditStore({ path, readOnly: true }))).toMatchObject({
      code: 'audit/not-found',
      ...refused(path),
    });
  });

  it('is reported when it is no database, and stays as it is', () => {
    const path = databaseFile();
    writeFileSync(path, 'order_id,amount\n'.repeat(1000));
    expect(failure(() => openAuditStore(path))).toMatchObject({ code: 'audit/corrupt', ...refused(path) });
    expect(readFileSync(path, 'utf8')).toBe('order_id,amount\n'.repeat(1000));
  });

  it('is reported when its pages were overwritten', async () => {
    const path = await writtenTrail();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096));
    const useIt = async () => {
      const store = openAuditStore(path);
      await store.run('r1').finally(() => store.close());
    };
    await expect(useIt()).rejects.toMatchObject({ code: 'audit/corrupt', ...refused(path) });
  });

  it('is reported when a table is missing', async () => {
    const path = await writtenTrail();
    withDatabase(path, (database) => database.exec('DROP TABLE steps'));
    const store = openAuditStore(path);
    await expect(store.steps('r1')).rejects.toMatchObject({ code: 'audit/corrupt', ...refused(path) });
    await store.close();
  });

  it('is reported when a stored report is no JSON', async () => {
    const path = await writtenTrail();
    withDatabase(path, (database) =>
      database.exec(`DROP TRIGGER runs_complete_once; UPDATE runs SET report_json = '{'`),
    );
    const store = openAuditStore(path);
    await expect(store.run('r1')).rejects.toMatchObject({ code: 'audit/corrupt', ...refused(path) });
    await store.close();
  });

  it('is reported when it belongs to another program, and stays as it is', () => {
    const path = databaseFile();
    withDatabase(path, (database) => database.exec('CREATE TABLE songs (title TEXT); PRAGMA user_version = 7'));
    const before = readFileSync(path);
    expect(failure(() => openAuditStore(path))).toMatchObject({ code: 'audit/corrupt', ...refused(path) });
    expect(readFileSync(path)).toEqual(before);
  });

  it('is reported when a newer Aegis wrote it, and stays as it is', async () => {
    const path = await writtenTrail();
    withDatabase(path, (database) => database.pragma('user_version = 99'));
    const before = readFileSync(path);
    expect(failure(() => openAuditStore(path))).toMatchObject({
      code: 'audit/newer-version',
      message: expect.stringMatching(/version 99, this Aegis knows version 2/),
      hint: expect.stringContaining('Update Aegis'),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('is reported when its schema is old and it may only be read', () => {
    const path = databaseFile();
    withDatabase(path, (database) => database.pragma('user_version = 0'));
    expect(failure(() => openAuditStore({ path, readOnly: true }))).toMatchObject({
      code: 'audit/read-only',
      ...refused(path),
    });
  });
});
