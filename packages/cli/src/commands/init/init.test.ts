import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';

it('prints a next command that works as printed', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'aegis-init-'));
  const { code, stdout } = await aegis(['init', 'my shop'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain("  cd 'my shop' && aegis run rules/example.yaml\n");
  const run = await aegis(['run', 'rules/example.yaml', '--no-llm'], { cwd: join(cwd, 'my shop') });
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('4 passed') });
});

it('prints what to install first where the adapter is missing', async () => {
  const { stdout } = await aegis(['init', '--warehouse', 'postgres']);
  expect(stdout).toContain('  npm install @aegis/warehouse-postgres && aegis validate rules/example.yaml\n');
});

it('prints a command that npx can run when it was called by npx', async () => {
  const { stdout } = await aegis(['init'], { env: { npm_command: 'exec' } });
  expect(stdout).toContain('  npx -p @aegis/cli -p @aegis/warehouse-duckdb aegis run rules/example.yaml\n');
});

it('writes nothing over what exists', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'aegis-init-'));
  await aegis(['init'], { cwd });
  const before = await readdir(cwd);
  const again = await aegis(['init'], { cwd });
  expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('aegis.yaml already exists') });
  expect(await readdir(cwd)).toEqual(before);
  expect((await aegis(['init', '--force'], { cwd })).code).toBe(0);
});
