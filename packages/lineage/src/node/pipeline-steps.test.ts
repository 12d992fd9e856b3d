import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pipelineSteps } from './pipeline-steps.js';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'aegis-pipeline-'));
  await mkdir(join(cwd, 'steps'));
  await mkdir(join(cwd, 'empty'));
  for (const name of ['10_late.sql', '2_early.sql', '01_first.SQL', 'notes.md']) {
    await writeFile(join(cwd, 'steps', name), `SELECT '${name}'`);
  }
});
afterAll(() => rm(cwd, { recursive: true }));

it('reads the SQL files of a folder by their numbers', async () => {
  expect((await pipelineSteps(['steps'], { cwd })).map(({ name }) => name)).toEqual([
    ...[join('steps', '01_first.SQL'), join('steps', '2_early.sql'), join('steps', '10_late.sql')],
  ]);
});

it('keeps the order of files that are named one by one', async () => {
  const steps = await pipelineSteps(['steps/10_late.sql', 'steps/2_early.sql'], { cwd });
  expect(steps).toEqual([
    { name: 'steps/10_late.sql', sql: "SELECT '10_late.sql'" },
    { name: 'steps/2_early.sql', sql: "SELECT '2_early.sql'" },
  ]);
});

it('names the nearest file where one does not exist, and folders without SQL', async () => {
  await expect(pipelineSteps(['steps/2_erly.sql'], { cwd })).rejects.toMatchObject({
    code: 'config/not-found',
    hint: expect.stringContaining('2_early.sql'),
  });
  await expect(pipelineSteps(['empty'], { cwd })).rejects.toMatchObject({
    message: expect.stringContaining('no SQL files'),
  });
});
