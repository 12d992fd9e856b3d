import { expect, it } from 'vitest';
import { readRules } from '../../load/load-rules.js';

const problems = (logic: string) =>
  readRules([
    {
      file: 'rules.yaml',
      text: `metadata: { id: a, owner: o, description: d }\nscope: { table: t }\nlogic: { type: custom_sql, query: select 1, ${logic} }`,
    },
  ]).problems.map(({ message }) => message);

it.each(['fail_if', 'warn_if'])('refuses %s where the query gives one value', (key) => {
  expect(problems(`expect: true, ${key}: rows > 5`)).toEqual([`logic.${key} has no effect: there is nothing to count`]);
});

it('takes thresholds on the rows that come back', () => {
  expect(problems('fail_if: rows > 5')).toEqual([]);
  expect(problems('expect: no_rows, warn_if: percent > 1')).toEqual([]);
});
