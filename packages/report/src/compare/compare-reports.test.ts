import type { RootCause } from '@aegis/spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportOf } from '../__fixtures__/report-of.js';
import { richReport } from '../__fixtures__/rich-report.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { compareReports } from './compare-reports.js';
import type { RuleChange } from './comparison.js';

type Overrides = Parameters<typeof ruleResult>[0];

const change = (before: Overrides, after: Overrides): RuleChange | undefined =>
  compareReports(reportOf([ruleResult(before)]), reportOf([ruleResult(after)])).changes[0];

test.each([
  ['pass', 'fail', 'newly_failing'],
  ['warn', 'fail', 'newly_failing'],
  ['error', 'fail', 'newly_failing'],
  ['fail', 'fail', 'still_failing'],
  ['pass', 'error', 'newly_errored'],
  ['fail', 'error', 'newly_errored'],
  ['error', 'error', 'still_errored'],
  ['fail', 'pass', 'fixed'],
  ['fail', 'warn', 'fixed'],
  ['fail', 'not_applicable', 'outcome_changed'],
  ['error', 'pass', 'outcome_changed'],
  ['pass', 'warn', 'outcome_changed'],
  ['warn', 'pass', 'outcome_changed'],
  ['pass', 'pass', undefined],
  ['warn', 'warn', undefined],
  ['not_applicable', 'not_applicable', undefined],
] as const)('a rule that was %s and is %s is %s', (before, after, kind) => {
  expect(change({ outcome: before }, { outcome: after })?.kind).toBe(kind);
});

test('rules of one run only are added or removed', () => {
  const before = reportOf([ruleResult({ rule_id: 'a' }), ruleResult({ rule_id: 'b' })]);
  const after = reportOf([ruleResult({ rule_id: 'b' }), ruleResult({ rule_id: 'c', outcome: 'fail' })]);
  const { changes, counts } = compareReports(before, after);
  expect(changes).toMatchObject([
    { rule_id: 'c', kind: 'added', before: null, after: { outcome: 'fail' } },
    { rule_id: 'a', kind: 'removed', before: { outcome: 'pass' }, after: null },
  ]);
  expect(counts).toMatchObject({ added: 1, removed: 1, unchanged: 1 });
});

test('a failure that goes on says how many more rows fail', () => {
  expect(change({ outcome: 'fail', rows_failed: 5 }, { outcome: 'fail', rows_failed: 3 })).toMatchObject({
    kind: 'still_failing',
    changed: ['rows_failed'],
    rows_failed_delta: -2,
  });
  expect(change({ outcome: 'fail', rows_failed: 5 }, { outcome: 'fail', rows_failed: 5 })).toMatchObject({
    changed: [],
    rows_failed_delta: 0,
  });
});

test('counts of different units, or unknown ones, have no difference', () => {
  const rows = { outcome: 'fail', rows_failed: 5 } as const;
  expect(change(rows, { ...rows, unit: 'keys' })).toMatchObject({ rows_failed_delta: null, changed: ['rows_failed'] });
  expect(change(rows, { outcome: 'error', rows_failed: null })?.rows_failed_delta).toBeNull();
});

const cause: RootCause = {
  dataset: 'raw.orders',
  column: 'id',
  operation: 'load',
  kind: 'nulls',
  path: ['orders', 'raw.orders'],
  evidence: [],
};

test('a failure that enters elsewhere than before is said so, whatever its evidence', () => {
  const before = { outcome: 'fail', rows_failed: 1, root_cause: cause } as const;
  expect(change(before, { ...before, root_cause: { ...cause, dataset: 'raw.customers' } })).toMatchObject({
    changed: ['root_cause'],
    before: { root_cause: { dataset: 'raw.orders' } },
    after: { root_cause: { dataset: 'raw.customers' } },
  });
  const evidence = [{ id: 'e1', kind: 'check', sentence: 'x', numbers: {} }];
  expect(change(before, { ...before, root_cause: { ...cause, evidence } })?.changed).toEqual([]);
  expect(change({ outcome: 'pass' }, before)?.changed).toEqual(['outcome']);
});

test('a rule of the same id is the same rule, on whatever table and of whatever type', () => {
  const after = { table: 'orders_v2', rule_type: 'unique', warehouse: 'prod', severity: 'low' } as const;
  expect(change({}, { ...after, effective_severity: 'low' })).toMatchObject({
    kind: 'altered',
    changed: ['severity', 'table', 'rule_type', 'warehouse'],
  });
});

test('a severity that only a failure raised is no change of its own', () => {
  expect(change({}, { outcome: 'fail', effective_severity: 'critical', escalated: true })?.changed).toEqual([
    'outcome',
  ]);
});

test('what asks for attention comes first, the gravest first', () => {
  const passing = ['a', 'b', 'c', 'd'].map((rule_id) => ruleResult({ rule_id }));
  const after = reportOf([
    ruleResult({ rule_id: 'a', outcome: 'error' }),
    ruleResult({ rule_id: 'b', outcome: 'fail', effective_severity: 'low' }),
    ruleResult({ rule_id: 'c', outcome: 'fail', effective_severity: 'critical' }),
    ruleResult({ rule_id: 'd', outcome: 'warn' }),
    ruleResult({ rule_id: 'e' }),
    ruleResult({ rule_id: 'f', outcome: 'fail' }),
  ]);
  const ids = compareReports(reportOf(passing), after).changes.map(({ rule_id }) => rule_id);
  expect(ids).toEqual(['c', 'b', 'a', 'd', 'f', 'e']);
});

test('figures of the summaries are subtracted, and unknown ones are not', () => {
  const before = reportOf([ruleResult({ outcome: 'fail' }), ruleResult(), ruleResult()]);
  const after = reportOf([ruleResult(), ruleResult()], { duration_ms: 1000 });
  const { summary } = compareReports(before, { ...after, summary: { ...after.summary, bytes_scanned: null } });
  expect(summary).toMatchObject({
    failed: { before: 1, after: 0, delta: -1 },
    pass_rate: { before: 66.67, after: 100, delta: 33.33 },
    bytes_scanned: { after: null, delta: null },
    duration_ms: { delta: -234 },
  });
});

test('a rule id that repeats loses no result', () => {
  const twice = [ruleResult(), ruleResult({ outcome: 'fail' })];
  const { changes, counts } = compareReports(reportOf(twice), reportOf([...twice, ruleResult()]));
  expect(changes.map(({ kind }) => kind)).toEqual(['still_failing', 'added']);
  expect(counts.unchanged).toBe(1);
});

test('what makes two runs less comparable is noted', () => {
  const before = reportOf([], { run_id: 'r1', status: 'cancelled', started_at: '2026-02-01T00:00:00Z' });
  const after = reportOf([], { run_id: 'r2', warehouses: ['prod'] });
  expect(compareReports(before, after).notes).toEqual([
    'The run before, r1, was cancelled before every rule was judged.',
    'The runs asked different warehouses: duckdb before, prod after.',
    'The run after, r2, is older than the run before, r1.',
  ]);
});

test('a report compared with itself shows what still fails, and no difference', () => {
  const { changes, counts } = compareReports(richReport, richReport);
  expect(changes.flatMap(({ changed }) => changed)).toEqual([]);
  expect(counts.still_failing + counts.still_errored + counts.unchanged).toBe(richReport.results.length);
});

const results = fc
  .uniqueArray(
    fc.record({ rule_id: fc.constantFrom(...'abcdefgh'), outcome: fc.constantFrom('pass', 'fail', 'error') }),
    {
      selector: ({ rule_id }) => rule_id,
    },
  )
  .map((records) => records.map((record) => ruleResult(record)));

test('every rule of either run is counted exactly once', () => {
  fc.assert(
    fc.property(results, results, (before, after) => {
      const { counts } = compareReports(reportOf(before), reportOf(after));
      const rules = new Set([...before, ...after].map(({ rule_id }) => rule_id));
      expect(Object.values(counts).reduce((total, count) => total + count, 0)).toBe(rules.size);
    }),
    { seed: 1 },
  );
});

test('what was newly failing one way was fixed the other way', () => {
  fc.assert(
    fc.property(results, results, (before, after) => {
      const { changes } = compareReports(reportOf(before), reportOf(after));
      const back = compareReports(reportOf(after), reportOf(before)).counts;
      const fixable = changes.filter(({ kind, before: was }) => kind === 'newly_failing' && was?.outcome === 'pass');
      expect(back.fixed).toBe(fixable.length);
    }),
    { seed: 1 },
  );
});
