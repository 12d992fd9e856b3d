import { expect, test } from 'vitest';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { reconciliationOf } from './reconciliation.js';

const sources = new Map([
  ['a', 'raw.orders'],
  ['b', 'raw.items'],
  ['c', 'raw.gone'],
]);

test('only rules with a source are pairs, and an error counts as neither passed nor failed', () => {
  const results = [
    ruleResult({ rule_id: 'a', outcome: 'warn', observed: { delta: '1' } }),
    ruleResult({ rule_id: 'other', outcome: 'fail' }),
    ruleResult({ rule_id: 'b', outcome: 'fail', table: 'items' }),
    ruleResult({ rule_id: 'c', outcome: 'error' }),
  ];
  expect(reconciliationOf(results, sources)).toEqual({
    pairs_checked: 2,
    pairs_passed: 1,
    pairs_failed: 1,
    details: [
      { rule_id: 'a', source: 'raw.orders', target: 'orders', outcome: 'warn', observed: { delta: '1' } },
      { rule_id: 'b', source: 'raw.items', target: 'items', outcome: 'fail', observed: { nulls: 0 } },
      { rule_id: 'c', source: 'raw.gone', target: 'orders', outcome: 'error', observed: { nulls: 0 } },
    ],
  });
});

test('without such rules there is nothing to reconcile', () => {
  expect(reconciliationOf([ruleResult()], new Map())).toEqual({
    pairs_checked: 0,
    pairs_passed: 0,
    pairs_failed: 0,
    details: [],
  });
});
