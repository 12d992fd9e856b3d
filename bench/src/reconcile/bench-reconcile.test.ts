import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { readOptions } from './options.js';
import type { ReconcileReport } from './report.js';

it('measures both contenders, which find the differences that were made', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-reconcile-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await fetch(`${inject('testServersUrl')}/postgres`);
  const output = join(folder, 'report.json');
  const flags = ['--size', '0.02', '--differences', '0', '--differences', '11', '--output', output];
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), ...flags],
    { encoding: 'utf8', env: { ...process.env, AEGIS_TEST_POSTGRES_URL: await server.text() } },
  );
  expect(status, stderr).toBe(0);
  const { cases } = JSON.parse(readFileSync(output, 'utf8')) as ReconcileReport;
  expect(cases.map(({ rows, differences }) => [rows, differences])).toEqual([
    [20_000, 0],
    [20_000, 11],
  ]);
  for (const { contenders } of cases)
    expect(contenders.checksums.received_bytes).toBeLessThan(contenders['all keys'].received_bytes / 4);
  expect(stdout).toContain('| 0.02 M | 11 | checksums |');
});

describe('the options', () => {
  it('are 10 million keys with no, few and many differences by default', () => {
    expect(readOptions([])).toMatchObject({ sizes: [10_000_000], differences: [0, 10, 10_000], runs: 1 });
  });

  it('choose sizes and differences', () => {
    expect(readOptions(['--size', '0.5', '--size', '2', '--differences', '7', '--runs', '3'])).toMatchObject({
      ...{ sizes: [500_000, 2_000_000], differences: [7], runs: 3 },
    });
  });

  it('name the flag that is wrong', () => {
    expect(() => readOptions(['--size', 'ten'])).toThrow('--size wants a number of at least 0.000001, not "ten"');
    expect(() => readOptions(['--differences', ''])).toThrow('--differences wants a number of at least 0');
  });
});
