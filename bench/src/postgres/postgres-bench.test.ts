import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { failingRules, rulesFor } from '../rules.js';
import type { CaseFigures } from './figures.js';
import { forms, sampleOf, scriptOf } from './hand-written.js';
import { readOptions } from './options.js';

const dataSet = { rows: 100, state: 'passing', folder: '/data', database: '/data/shop.duckdb' } as const;
const ruleIds = rulesFor(dataSet, 'native').map(({ id }) => id);

it('measures every contender on a real server, and all of them find the same', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = await (await fetch(`${inject('testServersUrl')}/postgres`)).text();
  const output = join(folder, 'postgres.json');
  const script = join(import.meta.dirname, 'main.ts');
  const args = ['--rows', '2000', '--runs', '1', '--url', url, '--output', output];
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const { cases } = JSON.parse(readFileSync(output, 'utf8')) as { readonly cases: readonly CaseFigures[] };
  expect(cases.map(({ data }) => data)).toEqual(['passing', 'failing']);
  // The table and the two that its foreign keys refer to are described; then five statements, as by hand.
  expect(cases[0]?.contenders.aegis.statements).toBe(3 + 5);
  expect(stdout).toContain('hash first, two connections');
});

describe('the hand-written statements', () => {
  it.each(forms)('answer every rule once: %s', (form) => {
    const answered = scriptOf(form).statements.flatMap((statement) => statement.ruleIds);
    expect(answered.toSorted()).toEqual(ruleIds.toSorted());
  });

  it('show rows of every failing rule that has rows', () => {
    expect(failingRules.filter((id) => sampleOf(id) === undefined)).toEqual(['mean_discount']);
  });
});

describe('the options', () => {
  it('are five million rows in both states by default', () => {
    expect(readOptions([])).toMatchObject({ rows: 5_000_000, states: ['passing', 'failing'], runs: 5, url: undefined });
    expect(readOptions(['--', '--rows', '200_000', '--data', 'failing'])).toMatchObject({
      rows: 200_000,
      states: ['failing'],
    });
  });

  it('name the flag that is wrong', () => {
    expect(() => readOptions(['--rows', '0.5'])).toThrow('--rows wants a whole number above 0, not "0.5"');
    expect(() => readOptions(['--data', 'broken'])).toThrow('--data wants passing or failing, not "broken"');
  });
});
