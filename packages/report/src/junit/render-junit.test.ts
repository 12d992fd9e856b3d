import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { reportOf } from '../__fixtures__/report-of.js';
import { cancelledReport, emptyReport, richReport } from '../__fixtures__/rich-report.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { visible } from '../text/visible.js';
import { renderJunit } from './render-junit.js';

interface XmlNode {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly XmlNode[];
  readonly text: string;
}

type RawNode = { readonly [name: string]: unknown };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxExpandedLength: 1_000_000 },
});

const nodeOf = (raw: RawNode): XmlNode => {
  const [name = ''] = Object.keys(raw).filter((key) => key !== ':@');
  const content = raw[name] as readonly RawNode[];
  const texts = content.flatMap((child) => (typeof child['#text'] === 'string' ? [child['#text']] : []));
  return {
    name,
    attributes: (raw[':@'] ?? {}) as XmlNode['attributes'],
    children: content.filter((child) => !('#text' in child)).map(nodeOf),
    text: texts.join(''),
  };
};

const parsed = (xml: string): XmlNode => {
  expect(XMLValidator.validate(xml)).toBe(true);
  const [root] = (parser.parse(xml) as readonly RawNode[]).filter((node) => !('#text' in node));
  return nodeOf(root ?? {});
};

/** The shape that Jenkins, GitLab and others agree on, with `file` and `line` as pytest writes them. */
const shape: {
  readonly [element: string]: { required: readonly string[]; optional: readonly string[]; children: readonly string[] };
} = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file'],
    children: ['testcase', 'properties', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['classname', 'time', 'file', 'line'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { required: [], optional: ['message', 'type'], children: [] },
  error: { required: [], optional: ['message', 'type'], children: [] },
  skipped: { required: [], optional: ['message', 'type'], children: [] },
  'system-out': { required: [], optional: [], children: [] },
};

const problemsOf = ({ name, attributes, children }: XmlNode): string[] => {
  const rules = shape[name];
  if (rules === undefined) return [`unknown element ${name}`];
  const names = Object.keys(attributes);
  return [
    ...rules.required.filter((each) => !names.includes(each)).map((each) => `${name} lacks ${each}`),
    ...names
      .filter((each) => ![...rules.required, ...rules.optional].includes(each))
      .map((each) => `${name} has ${each}`),
    ...names.filter((each) => each === 'time' && !/^\d+\.\d{3}$/.test(attributes.time ?? '')).map(() => `${name} time`),
    ...children.filter((child) => !rules.children.includes(child.name)).map((child) => `${name} holds ${child.name}`),
    ...children.flatMap(problemsOf),
  ];
};

const suitesOf = (xml: string): readonly XmlNode[] => parsed(xml).children;
const casesOf = (xml: string): readonly XmlNode[] => suitesOf(xml).flatMap(({ children }) => children);

test.each([
  ['rich', richReport],
  ['empty', emptyReport],
  ['cancelled', cancelledReport],
])('the %s report has the common shape of JUnit XML', (_, report) => {
  expect(problemsOf(parsed(renderJunit(report)))).toEqual([]);
});

test('there is a suite for each table, and its counts are those of its cases', () => {
  for (const { attributes, children } of suitesOf(renderJunit(richReport))) {
    const holding = (name: string) =>
      children.filter((each) => each.children.some((child) => child.name === name)).length;
    expect(attributes).toMatchObject({
      tests: String(children.length),
      failures: String(holding('failure')),
      errors: String(holding('error')),
      skipped: String(holding('skipped')),
    });
  }
});

test('the same table in two warehouses is two suites', () => {
  const report = reportOf([ruleResult({ warehouse: 'a' }), ruleResult({ warehouse: 'b' })]);
  expect(suitesOf(renderJunit(report)).map(({ attributes }) => attributes.package)).toEqual(['a', 'b']);
});

test('a warning is a passed case that says so', () => {
  const [testCase] = casesOf(renderJunit(reportOf([ruleResult({ outcome: 'warn' })])));
  expect(testCase?.children.map(({ name }) => name)).toEqual(['system-out']);
  expect(testCase?.children[0]?.text).toMatch(/^Warning: /);
});

test('times are in seconds, and a case names the place of its rule', () => {
  const [testCase] = casesOf(renderJunit(reportOf([ruleResult({ duration_ms: 1234.5 })])));
  expect(testCase?.attributes).toMatchObject({ time: '1.234', file: 'rules/orders.yaml', line: '12' });
});

test('any text survives, with characters that XML cannot hold made visible', () => {
  fc.assert(
    fc.property(anyText(100), (text) => {
      const report = reportOf([ruleResult({ outcome: 'fail', rule_id: text, description: `a${text}z` })]);
      const [testCase] = casesOf(renderJunit(report));
      expect(testCase?.attributes.name).toBe(visible(text));
      expect(testCase?.children[0]?.text.replaceAll('\n', '\\n')).toContain(
        visible(`a${text}z`.replace(/\r\n?/g, '\n')),
      );
    }),
    { seed: 1 },
  );
});
