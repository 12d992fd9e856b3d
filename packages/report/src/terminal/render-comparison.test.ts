import { stripVTControlCharacters } from 'node:util';
import type { RuleResult } from '@aegis/spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { richComparison } from '../__fixtures__/comparisons.js';
import { reportOf } from '../__fixtures__/report-of.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { compareReports } from '../compare/compare-reports.js';
import { displayWidth } from './display-width.js';
import { renderComparisonTerminal } from './render-comparison.js';

const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth));

test.each([20, 40, 80, 200])('the comparison fits %i columns', (width) => {
  expect(widest(renderComparisonTerminal(richComparison, { width }))).toBeLessThanOrEqual(width);
});

const outcome = fc.constantFrom('pass', 'warn', 'fail', 'error', 'not_applicable');
const result = fc
  .record({ table: anyText(), columns: fc.array(anyText(), { maxLength: 2 }), outcome, warehouse: anyText() })
  .map((overrides) => ruleResult(overrides));

test('whatever names are, lines fit and nothing acts on the terminal', () => {
  fc.assert(
    fc.property(result, result, anyText(), fc.integer({ min: 20, max: 120 }), (before, after, id, width) => {
      const run = (each: RuleResult) => reportOf([{ ...each, rule_id: id }], { warehouses: [each.warehouse] });
      const text = renderComparisonTerminal(compareReports(run(before), run(after)), { width });
      expect(widest(text)).toBeLessThanOrEqual(width);
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('colour only repeats what the words say', () => {
  const colored = renderComparisonTerminal(richComparison, { color: true });
  expect(stripVTControlCharacters(colored)).toBe(renderComparisonTerminal(richComparison));
  expect(colored).not.toBe(stripVTControlCharacters(colored));
});

test('without unicode, our own signs are ASCII', () => {
  const comparison = compareReports(
    reportOf([ruleResult({ outcome: 'fail' })]),
    reportOf([ruleResult({ outcome: 'pass' }), ruleResult({ rule_id: 'new' })]),
  );
  expect(renderComparisonTerminal(comparison, { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
});
