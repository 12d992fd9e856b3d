import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

it('accepts sound rules', async () => {
  expect(await aegis(['validate', 'rules'], { cwd: await shop() })).toEqual({
    code: 0,
    stdout: '3 valid rules in 1 file, 0 errors, 0 warnings (checked files only)\n',
    stderr: '',
  });
});

it('prints every problem with its place and ends with 2', async () => {
  const cwd = await shop();
  await writeFile(
    join(cwd, 'rules', 'bad.yaml'),
    '- metadata: { id: typo, descriptio: d }\n  scope: { table: t, columns: [a] }\n  logic: { type: uniqe }\n',
  );
  const { code, stdout } = await aegis(['validate', 'rules'], { cwd });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^rules\/bad\.yaml:1:25: error: .*descriptio/);
  expect(stdout).toContain('rules/bad.yaml:3:18: error: ');
  expect(stdout).toContain('Did you mean "unique"?');
  expect(stdout).toContain('3 valid rules in 2 files, ');
});

it('prints warnings unless it is to be quiet', async () => {
  const cwd = await shop();
  await writeFile(
    join(cwd, 'rules', 'bare.yaml'),
    '- metadata: { id: bare, owner: o }\n  scope: { table: t, columns: [a] }\n  logic: { type: unique }\n',
  );
  expect((await aegis(['validate', 'rules'], { cwd })).stdout).toContain('warning: the rule has no description');
  expect((await aegis(['validate', 'rules', '--quiet'], { cwd })).stdout).not.toContain('warning:');
});

it('says how far it checked', async () => {
  const cwd = await shop();
  expect((await aegis(['validate', 'rules', '--warehouse', 'duckdb'], { cwd })).stdout).toContain(
    '(checked tables and columns too)',
  );
  expect((await aegis(['validate', 'rules', '--check-sql'], { cwd })).stdout).toContain(
    '(checked tables, columns and statements too)',
  );
});
