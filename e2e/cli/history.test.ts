import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { scenario, scenarioUnless } from '../scenario.js';
import { aegis, shell } from './aegis.js';
import { runArgs, shop } from './project.js';
import { expectEnd } from './reports.js';
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
