import { describe, expect, it } from 'vitest';
import { listItem, read, ruleText } from '../__fixtures__/rule-text.js';
import { formatProblem } from './problem.js';
import { maxSourceLength } from './read-yaml.js';

const messages = (text: string) => read(text).problems.map(({ message }) => message);

describe('a hostile file', () => {
  it('of nested aliases is refused without being expanded', () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? '  a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
        : `  a${level}: &a${level} [${Array(10)
            .fill(`*a${level - 1}`)
            .join(', ')}]`,
    );
    expect(messages(`metadata:\n${levels.join('\n')}\n`)).toContain('aliases repeat too many values');
  });

  it('of nested merges is refused without being expanded', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      level === 0
        ? '  m0: &m0 { a: 1, b: 2 }'
        : `  m${level}: &m${level} { <<: [*m${level - 1}, *m${level - 1}], k${level}: 1 }`,
    );
    expect(messages(`metadata:\n${levels.join('\n')}\n`)).toContain('aliases repeat too many values');
  });

  it.each([
    ['lists', '[', 100_000],
    ['mappings', '{a: ', 50_000],
    ['block lists', '- ', 20_000],
  ])('of deeply nested %s is a problem and no crash', (_what, opening, depth) => {
    expect(read(opening.repeat(depth)).problems.length).toBeGreaterThan(0);
    expect(read(`rules:\n  - ${opening.repeat(depth)}`).rules).toEqual([]);
    expect(messages(opening.repeat(depth)).join()).not.toMatch(/call stack/i);
  });

  it('with a hundred thousand keys in one mapping is read in linear time', () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(messages(keys)).toEqual(['this is neither a rule nor a list of rules']);
  });

  it('larger than 10 MB is refused before it is parsed', () => {
    expect(messages('#'.repeat(maxSourceLength + 1))).toEqual(['the file is larger than 10 MB']);
  });

  it.each(['\u0000', '\u0007', '\u001b[31m', '\u007f', 'a\u0000b: 1'])(
    'with the control character %j is refused',
    (text) => {
      expect(messages(`# ok\n${text}`)[0]).toMatch(/^the file is not text: it holds the control character U\+00/);
    },
  );

  it('with keys of Object.prototype pollutes nothing', () => {
    const evil = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
    for (const key of evil) {
      const text = ruleText({ logic: `{ type: in_list, column: x, values: [1], ${key}: { polluted: true } }` });
      expect(messages(text)).toEqual([`unknown key "${key}" in logic of in_list`]);
      expect(messages(ruleText({ logic: `{ type: ${key} }` }))).toEqual([`logic.type is no rule type: "${key}"`]);
    }
    expect(messages(`${ruleText()}__proto__: { metadata: { id: x } }\n`)).toEqual(['unknown key "__proto__"']);
    expect({}).not.toHaveProperty('polluted');
  });

  it('cannot reach the prototype through a merge', () => {
    const text = `a: &a { __proto__: { type: at_least } }\nlogic: { <<: *a }\n`;
    expect(messages(text)).toContain('logic.type is missing');
  });

  it('with one id many times gives one problem for each', () => {
    const { rules, problems } = read(listItem(ruleText()).repeat(500));
    expect(rules).toHaveLength(1);
    expect(problems).toHaveLength(499);
  });

  it('with endless words is shown shortened', () => {
    const long = 'x'.repeat(100_000);
    const text = ruleText({ logic: `{ type: in_list, column: x, values: [1], nulls: ${long} }` });
    expect(read(text).problems.map(formatProblem).join('').length).toBeLessThan(500);
    const places = ['{ type: ', '{ type: in_list, "', '{ type: at_least, threshold: '].map((start) =>
      ruleText({ logic: `${start}${long}${start.endsWith('"') ? '": 1' : ''} }` }),
    );
    for (const place of [...places, `rules: []\n? ${long}\n: 1`, `metadata: { id: ${long}, ? ${long} : 1 }`]) {
      expect(read(place).problems.map(formatProblem).join('').length).toBeLessThan(1500);
    }
  });

  it('with numbers of a million digits is refused where a number is read, and kept where it is not', () => {
    const digits = '9'.repeat(1_000_000);
    expect(messages(ruleText({ logic: `{ type: at_least, threshold: ${digits} }` }))).toEqual([
      'logic.threshold must have at most 1,000 digits',
    ]);
    const { rules } = read(ruleText({ logic: `{ type: in_list, column: x, values: [${digits}] }` }));
    expect(rules[0]?.params.values).toEqual([digits]);
  });
});

it('reads line separators of Unicode as text, and counts lines as editors do', () => {
  const { problems } = read(ruleText({ id: '"a\u2028b\u0085c"' }).replace('table: orders', 'tabel: orders'));
  expect(problems.map(({ location }) => location?.line)).toEqual([3, 4]);
});

it('reads YAML 1.1 only where a file asks for it', () => {
  const text = `%YAML 1.1\n---\n${ruleText({ logic: '{ type: in_list, column: x, values: [yes, 0777, 1:30] }' })}`;
  expect(read(text).problems).toEqual([]);
});

it('loads thousands of rules', () => {
  const file = (count: number) =>
    Array.from({ length: count }, (_, index) => listItem(ruleText({ id: `rule_${index}` }))).join('');
  expect(read(file(3000)).rules).toHaveLength(3000);
});
