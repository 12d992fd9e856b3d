import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, onTestFinished } from 'vitest';
import { scenario } from '../scenario.js';
import { aegis } from './aegis.js';
import { runArgs, shop } from './project.js';
import { aegisReport, expectEnd, outcomesOf } from './reports.js';

/** A run on a database that cannot be read: every rule is an error, which says why. */
const expectUnreadable = async (cwd: string, reason: RegExp): Promise<void> => {
  const finished = await aegisReport(runArgs, { cwd });
  expectEnd(finished, { code: 3 });
  expect(Object.values(outcomesOf(finished.report))).toEqual(['error', 'error']);
  for (const { error } of finished.report.results) expect(`${error?.message} ${error?.hint}`).toMatch(reason);
};

/** Changes the storage version in the main header; the engine itself says which checksum the header then needs. */
const pretendNewer = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  bytes.writeBigUInt64LE(9_999n, checksumBytes + magicBytes);
  await writeFile(path, bytes);
  const refusal = await DuckDBInstance.create(path).then(() => '', String);
  const [, checksum = ''] = /computed checksum (\d+)/.exec(refusal) ?? [];
  bytes.writeBigUInt64LE(BigInt(checksum), 0);
  await writeFile(path, bytes);
};

const checksumBytes = 8;
const magicBytes = 4;

describe('a database that cannot be read', () => {
  scenario(['input/database-missing', 'exit/usage'], 'is said before the run when it is missing', async () => {
    const cwd = await shop();
    expectEnd(await aegis(['run', 'rules.yaml', '--db', 'shpo.duckdb', '--no-llm'], { cwd }), {
      code: 2,
      stderr: /the database file .*shpo\.duckdb does not exist/,
      stdout: '',
    });
    expect(existsSync(join(cwd, 'shpo.duckdb'))).toBe(false);
  });

  scenario('input/database-is-folder', 'is said to be a folder', async () => {
    const cwd = await shop(undefined, { 'folder.duckdb/keep': '' });
    const finished = await aegis(['run', 'rules.yaml', '--db', 'folder.duckdb', '--no-llm'], { cwd });
    expectEnd(finished, { code: 3, stdout: /folder\.duckdb is a folder/ });
  });

  scenario('input/database-empty-file', 'is said to be empty, and stays empty', async () => {
    const cwd = await shop(undefined, { 'empty.duckdb': '' });
    const finished = await aegis(['run', 'rules.yaml', '--db', 'empty.duckdb', '--no-llm'], { cwd });
    expectEnd(finished, { code: 3, stdout: /empty\.duckdb is empty/ });
    expect((await stat(join(cwd, 'empty.duckdb'))).size).toBe(0);
  });

  scenario('input/database-corrupt', 'is said to be none when it is something else', async () => {
    const cwd = await shop();
    await writeFile(join(cwd, 'shop.duckdb'), 'id,amount\n'.repeat(1000));
    await expectUnreadable(cwd, /is not a DuckDB database/);
  });

  scenario('input/database-corrupt', 'is said to be damaged when its blocks are', async () => {
    const cwd = await shop();
    const path = join(cwd, 'shop.duckdb');
    const bytes = await readFile(path);
    // Past the three headers of 4 KiB, the first block.
    bytes.fill(0xa5, 12_288 + 8, 12_288 + 4096);
    await writeFile(path, bytes);
    await expectUnreadable(cwd, /[Cc]orrupt|checksum|damaged/);
  });

  scenario('input/database-newer', 'is said to be newer than the engine', async () => {
    const cwd = await shop();
    const path = join(cwd, 'shop.duckdb');
    await pretendNewer(path);
    await expectUnreadable(cwd, /was written by a newer DuckDB/);
  });

  scenario(['input/database-locked', 'exit/incomplete'], 'is said to be locked by its writer', async () => {
    const cwd = await shop();
    const holder = spawn(
      process.execPath,
      [fileURLToPath(new URL('./hold-lock.ts', import.meta.url)), join(cwd, 'shop.duckdb')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(() => void holder.kill());
    await once(holder.stdout, 'data');
    await expectUnreadable(cwd, /Another process has the database open for writing/);
  });
});
