import { describe, expect, it } from 'vitest';
import { ruleText } from '../__fixtures__/rule-text.js';
import { fixtureTypes as types } from '../__fixtures__/rule-types.js';
import { loadRules } from './load-rules.js';

describe('the definition hash', () => {
  const hash = (text: string, baseDirectory = '/project') =>
    loadRules([{ file: 'rules.yaml', text, baseDirectory }], { types }).rules[0]?.definitionHash;
  const rule = (scope: string, logic: string) => hash(ruleText({ scope, logic }));
  const logic = '{ type: in_list, column: x, values: [1, 2] }';

  it('does not change with words, spelling or place', () => {
    const plain = rule('{ table: t }', logic);
    expect(
      rule('{ columns: [x], table: "t" }', '{ values: ["1", 2], fail_if: rows  >  0, nulls: ignore, type: in_list }'),
    ).toBe(plain);
    expect(hash(ruleText({ scope: '{ table: t }', logic, id: 'other' }))).toBe(plain);
    expect(hash(ruleText({ scope: '{ table: ./a.csv }', logic }), '/home/me')).toBe(rule('{ table: a.csv }', logic));
  });

  it.each([
    ['the table', '{ table: u }', logic],
    ['the filter', '{ table: t, where: x > 1 }', logic],
    ['the time zone', '{ table: t, timezone: UTC }', logic],
    ['the warehouse', '{ table: t, warehouse: w }', logic],
    ['a param', '{ table: t }', '{ type: in_list, column: x, values: [1, 3] }'],
    ['the order of a list', '{ table: t }', '{ type: in_list, column: x, values: [2, 1] }'],
    ['nulls', '{ table: t }', '{ type: in_list, column: x, values: [1, 2], nulls: fail }'],
    ['a threshold', '{ table: t }', '{ type: in_list, column: x, values: [1, 2], fail_if: rows > 1 }'],
  ])('changes with %s', (_what, scope, changed) => {
    expect(rule(scope, changed)).not.toBe(rule('{ table: t }', logic));
  });

  it('is the same for ever: stored measurements are found by it', () => {
    expect(rule('{ table: t }', logic)).toBe('d85544ddcaf34a843785821a7470645ccada65566711bcc6928e694c06a49011');
  });
});
