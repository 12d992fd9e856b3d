import { readRules } from '@aegis/rules';
import { isAegisError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { importChecks } from './import-checks.js';
import { renderRules } from './rules-file.js';

const texts = [
  ...['\u001b[31mred', 'a\0b', 'a\nb: c\n- d', 'a\rb', 'a\u0085b', 'a\u2028b', '\ufeffx', '\u202eltr'],
  ...['it\'s "q" `b`', "x'; drop table t; --", 'a\\', '{table}', `\${{ secrets.X }}`, '</details>', '*a', '&a', '---'],
  ...['__proto__', 'constructor', 'yes', '0123', '~', ' lead', '# x', '!!js/function x', '%YAML 1.2'],
];

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const files: { readonly [format: string]: (text: string) => unknown } = {
  'a suite of Great Expectations': (text) => ({
    name: text,
    expectations: [
      { type: 'expect_column_values_to_be_in_set', kwargs: { column: text, value_set: [text] } },
      { type: 'expect_column_distinct_values_to_contain_set', kwargs: { column: text, value_set: [text] } },
      { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'a' }, severity: text, description: text },
      { type: text, kwargs: {} },
    ],
  }),
  'checks of Soda': (text) => ({
    [`checks for ${quoted(text)}`]: [
      { 'missing_count(a) < 5': { 'missing values': [text], name: text, attributes: { owner: text, [text]: text } } },
      { [`invalid_count(${quoted(text)}) = 0`]: { 'valid values': [text] } },
      { 'failed rows': { 'fail condition': text, name: text } },
      text,
    ],
  }),
  'a data contract': (text) => ({
    ...{ apiVersion: 'v3.1.0', kind: 'DataContract', id: text, domain: text, tags: [text], version: '1.0.0' },
    schema: [
      {
        name: text,
        properties: [
          { name: text, required: true, unique: true, logicalTypeOptions: { maxLength: 3 } },
          { name: 'a', quality: [{ metric: 'invalidValues', arguments: { validValues: [text] }, mustBeLessThan: 5 }] },
        ],
      },
    ],
  }),
};

describe.each(Object.keys(files))('%s', (format) => {
  it.each(texts)('that says %j everywhere gives rules that load as they are', (text) => {
    const { rules, notConverted } = importChecks(JSON.stringify(files[format]?.(text)), 'c.json', { table: 't' });
    expect(rules.length + notConverted.length).toBeGreaterThan(3);
    if (rules.length === 0) return;
    const read = readRules([{ file: 'rules.yaml', text: renderRules(rules) }]);
    expect(read.problems).toEqual([]);
    expect(read.rules.map(({ id, description }) => [id, description])).toEqual(
      rules.map(({ id, document }) => [id, document.metadata.description]),
    );
  });
});

const reasonsOf = (file: unknown): readonly string[] => {
  const { rules, notConverted } = importChecks(JSON.stringify(file), 'c.json', { table: 't' });
  return [...rules.map(({ document }) => JSON.stringify(document.logic)), ...notConverted.map(({ reason }) => reason)];
};

it.each(['constructor', '__proto__', 'toString'])('takes %s for no word of Great Expectations', (word) => {
  const condition = { type: 'comparison', column: { name: 'a' }, operator: word, parameter: 1 };
  const expectation = { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'a' } };
  const conditional = { ...expectation, kwargs: { column: 'a', row_condition: condition } };
  const { rules, notConverted } = importChecks(
    JSON.stringify({ name: 's', expectations: [{ ...expectation, severity: word }, conditional] }),
    'c.json',
    { table: 't' },
  );
  expect(rules.map(({ document }) => document.metadata.severity)).toEqual(['high']);
  expect(notConverted.map(({ reason }) => reason)).toEqual(['its row_condition is not understood']);
});

it.each([[[1]], [{}], [null]])('writes no SQL for the bound %j of a Soda check', (bound) => {
  const config = { 'valid min': bound, 'missing values': ['x'] };
  const said = reasonsOf({ 'checks for t': [{ 'invalid_count(a) = 0': config }, { 'avg(a) > 1': config }] });
  expect(said).toEqual([expect.any(String), 'no SQL says which values it leaves out']);
  expect(said.join()).not.toMatch(/undefined|custom_sql|sql_expression/);
});

it('ends variables that fill one another up to more than a file may have', () => {
  const file = { variables: { v: 'x'.repeat(1e6) }, 'checks for t': [`missing_count(${'${v}'.repeat(2000)}) = 0`] };
  expect(() => importChecks(JSON.stringify(file), 'c.json')).toThrow(
    'the variables make more than 10 MB of the checks',
  );
  expect(() => importChecks(JSON.stringify(file), 'c.json')).toThrow(expect.toSatisfy(isAegisError));
});

it.each(['1=1) or (1=1', '(a = 1', "a = 'x", 'a = 1 /* x'])('joins nothing to the condition %j', (condition) => {
  const spark = { column: 'a', row_condition: condition, condition_parser: 'spark', mostly: 0.5 };
  const suite = { name: 's', expectations: [{ type: 'expect_column_values_to_not_be_null', kwargs: spark }] };
  const checks = [
    { 'missing_count(a) = 0': { filter: condition } },
    { 'failed rows': { 'fail condition': condition } },
  ];
  expect([...reasonsOf(suite), ...reasonsOf({ 'checks for t': checks })]).toEqual(
    Array(3).fill(expect.stringContaining('that is not closed')),
  );
});

it.each(["a = ')' or b = '(('", 'a = 1 -- (', "a = 'it''s' /* ) */", 'f(a) in (1, 2)'])('joins %j', (condition) => {
  const check = { 'missing_count(a) = 0': { filter: condition } };
  const { rules } = importChecks(
    JSON.stringify({ 'checks for t [x]': [check], 'filter t [x]': { where: 'b = 1' } }),
    'c.json',
  );
  expect(rules.map(({ document }) => document.scope.where)).toEqual([
    expect.stringMatching(/^\(b = 1\) and \([\s\S]+\)$/),
  ]);
});
