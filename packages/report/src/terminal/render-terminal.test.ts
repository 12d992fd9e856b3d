import { stripVTControlCharacters } from 'node:util';
import type { Report, Row } from '@aegis/spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { reportOf } from '../__fixtures__/report-of.js';
import { richReport } from '../__fixtures__/rich-report.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { displayWidth } from './display-width.js';
import { renderTerminal } from './render-terminal.js';

const linesOf = (report: Report, width: number): string[] => renderTerminal(report, { width }).split('\n');
const widest = (lines: readonly string[]): number => Math.max(...lines.map(displayWidth));

/** Pieces that trip terminals and width counts, mixed with arbitrary code points. */
const hostileText = fc
  .array(
    fc.oneof(
      anyText(8),
      fc.constantFrom(
        '東京',
        '👨‍👩‍👧‍👦',
        '🇩🇪',
        '\u001b[2J',
        '\n',
        '\u0301\u0301',
        'x'.repeat(300),
        ' ',
        '1\ufe0f\u20e3',
        '\u0600'.repeat(40),
        'กำ',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const hostileReport = fc
  .record({
    rule_id: hostileText,
    table: hostileText,
    description: hostileText,
    columns: fc.array(hostileText, { maxLength: 3 }),
    sample: fc.array(fc.dictionary(hostileText, hostileText), { maxLength: 2 }) as fc.Arbitrary<Row[]>,
    notes: fc.array(hostileText, { maxLength: 2 }),
    outcome: fc.constantFrom('fail', 'warn', 'error', 'pass', 'not_applicable'),
  })
  .map((overrides) => reportOf([ruleResult(overrides), ruleResult()]));

test('no line is ever wider than the terminal', () => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 20, max: 160 }), (report, width) => {
      expect(widest(linesOf(report, width))).toBeLessThanOrEqual(width);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('no character of the data acts on the terminal', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      expect(renderTerminal(report)).not.toMatch(/[^\P{Cc}\n]/u);
    }),
    { seed: 1 },
  );
});

test.each([20, 40, 60, 80, 120, 200])('the rich report fits %i columns', (width) => {
  expect(widest(linesOf(richReport, width))).toBeLessThanOrEqual(width);
});

test.each([0, -5, 7, Number.NaN])('a width of %d counts as 20', (width) => {
  expect(renderTerminal(richReport, { width })).toBe(renderTerminal(richReport, { width: 20 }));
});

test('colour only repeats what the words say', () => {
  const colored = renderTerminal(richReport, { color: true, width: 100 });
  expect(stripVTControlCharacters(colored)).toBe(renderTerminal(richReport, { width: 100 }));
  expect(colored).not.toBe(stripVTControlCharacters(colored));
});

test('colours are chosen by the option alone, whatever the environment says', () => {
  expect(renderTerminal(richReport, { color: false })).not.toContain('\u001b');
});

test('without unicode, our own signs are ASCII', () => {
  const report = reportOf([
    ruleResult(),
    ruleResult({ outcome: 'fail', rule_id: 'a_very_long_rule_name'.repeat(9), escalated: true }),
    ruleResult({ outcome: 'not_applicable' }),
  ]);
  expect(renderTerminal(report, { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
});

test('passed rules can be left out of the table and are still counted', () => {
  const text = renderTerminal(richReport, { showPassed: false });
  expect(text).not.toContain('orders_id_present');
  expect(text).toContain('8 rules: 1 passed');
});

test('failures are told by severity, the gravest first', () => {
  const report = reportOf([
    ruleResult({ rule_id: 'mild', outcome: 'fail', effective_severity: 'low' }),
    ruleResult({ rule_id: 'grave', outcome: 'fail', effective_severity: 'critical' }),
  ]);
  const [, failures = ''] = renderTerminal(report).split('Failures');
  expect(failures.indexOf('grave')).toBeLessThan(failures.indexOf('mild'));
});

test('an error names its place, its hint and its code', () => {
  const text = renderTerminal(richReport, { width: 120 });
  expect(text).toContain('rules/refunds & co.yaml:3:7');
  expect(text).toContain('Did you mean "reason_code"?');
  expect(text).toContain('plan/missing-column');
});
