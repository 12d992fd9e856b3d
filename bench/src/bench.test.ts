import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertEqualAnswers, assertExpectedFailures, normalised } from './answers.js';
import { forms, sampleOf, statementsOf } from './hand-written.js';
import { readOptions } from './options.js';
import type { BenchReport } from './report.js';
import { failingRules, rulesFor } from './rules.js';
import { median } from './statistics.js';

const relations = { lines: 'lines', orders: 'orders', parts: 'parts' };
const dataSet = { rows: 100, state: 'passing', folder: '/data', database: '/data/shop.duckdb' } as const;
const ruleIds = rulesFor(dataSet, 'native').map(({ id }) => id);

it('measures every contender on every storage, and all of them find the same', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const output = join(folder, 'quick.json');
  const script = join(import.meta.dirname, 'main.ts');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, '--quick', '--output', output],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  const { cases } = JSON.parse(readFileSync(output, 'utf8')) as BenchReport;
  expect(cases.map(({ storage, data }) => `${storage}, ${data}`)).toEqual([
    'native, passing',
    'parquet, passing',
    'native, failing',
    'parquet, failing',
  ]);
  for (const { contenders } of cases) expect(contenders.aegis.statements).toBeLessThan(20);
  expect(stdout).toContain('| 0.1 M | native | passing |');
});

describe('the comparison', () => {
  it('is of thirty rules', () => {
    expect(ruleIds).toHaveLength(30);
    expect(ruleIds).toEqual(expect.arrayContaining([...failingRules]));
  });

  it.each(forms)('answers every rule once by hand: %s', (form) => {
    const answered = statementsOf(form, relations).flatMap((statement) => statement.ruleIds);
    expect(answered.toSorted()).toEqual(ruleIds.toSorted());
  });

  it('asks by hand for rows of every failing rule that has rows', () => {
    const without = failingRules.filter((id) => sampleOf(id, relations) === undefined);
    expect(without).toEqual(['mean_discount']);
  });

  it('is refused when contenders disagree about a rule', () => {
    const disagree = () => assertEqualAnswers({ a: '1', b: '2' }, { a: '1', b: '3' }, 'filter');
    expect(disagree).toThrow('filter found something else by 1 rules:\n  b: 3 instead of 2');
    expect(() => assertEqualAnswers({ a: '1' }, {}, 'filter')).toThrow('a: undefined instead of 1');
  });

  it('is refused when other rules fail than were made to', () => {
    expect(() => assertExpectedFailures(['a'], [])).toThrow('these rules failed: a; expected: none');
    expect(() => assertExpectedFailures(['b', 'a'], ['a', 'b'])).not.toThrow();
  });

  it('compares counts exactly and fractions to nine digits', () => {
    expect(normalised(123456789012345678n)).toBe('123456789012345678');
    expect(normalised('0.0500000000001')).toBe(normalised(0.05));
    expect(normalised('2026-01-01T00:00:00')).toBe('2026-01-01 00:00:00');
  });
});

describe('the options', () => {
  it('narrow what is measured', () => {
    expect(readOptions(['--size', '1', '--storage', 'parquet', '--runs', '3'])).toMatchObject({
      sizes: [1_000_000],
      storages: ['parquet'],
      states: ['passing', 'failing'],
      runs: 3,
      command: true,
    });
  });

  it('are 1, 5 and 10 million rows by default', () => {
    expect(readOptions([]).sizes).toEqual([1_000_000, 5_000_000, 10_000_000]);
  });

  it('name the flag that is wrong', () => {
    expect(() => readOptions(['--size', 'ten'])).toThrow('--size wants a number above 0, not "ten"');
    expect(() => readOptions(['--storage', 'csv'])).toThrow('--storage wants native or parquet, not "csv"');
  });
});

it('takes the middle of the values as their median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow('no median');
});
