import type { Outcome, Report, RuleResult } from '@aegis/spec';
import { describeResult } from '../describe/describe-result.js';
import { plainText } from '../describe/plain-text.js';
import { shorten } from '../text/shorten.js';
import { type XmlElement, xmlDocument } from './xml.js';

export interface JunitOptions {
  /** Name of the outermost element. Default `aegis`. */
  readonly name?: string;
}

/**
 * The report as JUnit XML: a suite for each table, a case for each rule. A failed rule is a failure, one that could not
 * be judged an error, one that did not apply skipped; a warning passes and writes to `system-out`. Times are in seconds.
 */
export const renderJunit = (report: Report, { name = 'aegis' }: JunitOptions = {}): string =>
  xmlDocument({
    name: 'testsuites',
    attributes: { name, ...counts(report.results), time: seconds(report.duration_ms) },
    content: suites(report),
  });

const suites = ({ results, started_at }: Report): XmlElement[] => {
  const byTable = new Map<string, RuleResult[]>();
  for (const result of results) {
    const key = JSON.stringify([result.warehouse, result.table]);
    const group = byTable.get(key);
    if (group) group.push(result);
    else byTable.set(key, [result]);
  }
  return [...byTable.values()].map((group) => suite(group, started_at));
};

const suite = (results: readonly RuleResult[], timestamp: string): XmlElement => ({
  name: 'testsuite',
  attributes: {
    name: short(results[0]?.table ?? ''),
    package: results[0]?.warehouse,
    ...counts(results),
    skipped: count(results, 'not_applicable'),
    time: seconds(results.reduce((total, { duration_ms }) => total + duration_ms, 0)),
    timestamp,
  },
  content: results.map(testCase),
});

const count = (results: readonly RuleResult[], outcome: Outcome): number =>
  results.filter((result) => result.outcome === outcome).length;

const counts = (results: readonly RuleResult[]) => ({
  tests: results.length,
  failures: count(results, 'fail'),
  errors: count(results, 'error'),
});

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const longestAttribute = 500;
const short = (text: string): string => shorten(text, longestAttribute);

const testCase = (result: RuleResult): XmlElement => ({
  name: 'testcase',
  attributes: {
    name: short(result.rule_id),
    classname: short(result.table),
    time: seconds(result.duration_ms),
    file: result.location?.file,
    line: result.location?.line,
  },
  content: verdicts[result.outcome](result),
});

const verdicts: { readonly [outcome in Outcome]: (result: RuleResult) => XmlElement[] } = {
  pass: () => [],
  warn: (result) => [{ name: 'system-out', content: `Warning: ${plainText(result)}` }],
  fail: (result) => [verdict('failure', result.rule_type, result)],
  error: (result) => [verdict('error', result.error?.code ?? 'error', result)],
  not_applicable: (result) => [{ name: 'skipped', attributes: { message: short(describeResult(result)) } }],
};

const verdict = (name: string, type: string, result: RuleResult): XmlElement => ({
  name,
  attributes: { message: short(describeResult(result)), type },
  content: plainText(result),
});
