import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runSalt } from './run-salt.js';

const home = () => mkdtemp(join(tmpdir(), 'aegis-home-'));

it('is the same for a run in every process of a user, and another one for every other run and user', async () => {
  const [mine, other] = [{ HOME: await home() }, { HOME: await home() }];
  const salt = await runSalt('r1', { env: mine });
  expect(await runSalt('r1', { env: mine })).toEqual(salt);
  expect(await runSalt('r2', { env: mine })).not.toEqual(salt);
  expect(await runSalt('r1', { env: other })).not.toEqual(salt);
});

it('is one for processes that make the key at the same time', async () => {
  const env = { HOME: await home() };
  const salts = await Promise.all(Array.from({ length: 8 }, () => runSalt('r', { env })));
  expect(new Set(salts.map((salt) => Buffer.from(salt ?? []).toString('hex'))).size).toBe(1);
});

it.runIf(process.platform !== 'win32')('comes from a key that nobody else may read', async () => {
  const HOME = await home();
  await runSalt('r', { env: { HOME } });
  expect((await stat(join(HOME, '.aegis', 'redaction.key'))).mode & 0o777).toBe(0o600);
});

it('is none where no key can be kept', async () => {
  const HOME = await home();
  await writeFile(join(HOME, '.aegis'), 'a file, not a folder');
  expect(await runSalt('r', { env: { HOME } })).toBeUndefined();
});
