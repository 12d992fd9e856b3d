import { describe, expect, it } from 'vitest';
import { importChecks } from '../../import/import-checks.js';
import { contractText, type Parts, property } from '../../testing/contracts.js';

const convert = (check: Parts, contract: Parts = {}) =>
  importChecks(contractText({ properties: [property('a', { quality: [check] })] }, contract), 'orders.yaml');

const convertAtTable = (check: Parts) =>
  importChecks(contractText({ quality: [check], properties: [property('a'), property('b')] }), 'orders.yaml');

/** Without the columns that nothing else reads. */
const logicOf = ({ rules }: ReturnType<typeof convert>) =>
  rules.map(({ document }) => document.logic).filter(({ type }) => type !== 'column_exists');

const count = 'select (select count(*) from {table} where a is null)';
const share = '(select 100.0 * sum(case when a is null then 1 else 0 end) / nullif(count(*), 0) from {table})';

describe('a count of values', () => {
  it.each([
    [{ mustBe: 0 }, { type: 'not_null', column: 'a' }],
    [{ mustBeLessThan: 5 }, { type: 'not_null', column: 'a', fail_if: 'rows > 4' }],
    [{ mustBeLessThan: 4.5 }, { type: 'not_null', column: 'a', fail_if: 'rows > 4' }],
    [{ mustBeLessOrEqualTo: 5 }, { type: 'not_null', column: 'a', fail_if: 'rows > 5' }],
    [{ mustBeBetween: [-1, 5] }, { type: 'not_null', column: 'a', fail_if: 'rows > 4' }],
    [
      { mustBeGreaterOrEqualTo: 0, mustBeLessThan: 1 },
      { type: 'not_null', column: 'a' },
    ],
    [
      { mustBeLessThan: 1, unit: 'percent' },
      { type: 'not_null', column: 'a', fail_if: 'percent >= 1' },
    ],
    [
      { mustBeLessOrEqualTo: 2.5, unit: 'percent' },
      { type: 'not_null', column: 'a', fail_if: 'percent > 2.5' },
    ],
    [{ mustBe: 3 }, { type: 'custom_sql', query: `${count} = 3`, expect: true }],
    [{ mustNotBe: 3 }, { type: 'custom_sql', query: `${count} <> 3`, expect: true }],
    [{ mustBeGreaterThan: 3 }, { type: 'custom_sql', query: `${count} > 3`, expect: true }],
    [{ mustBeGreaterThan: 3, unit: 'percent' }, { query: `select ${share} > 3` }],
    [
      { mustBeBetween: [2, 5] },
      {
        query:
          'select measured > 2 and measured < 5 from (select (select count(*) from {table} where a is null) as measured) as checked',
      },
    ],
    [
      { mustNotBeBetween: [2, 5] },
      {
        query:
          'select (measured <= 2 or measured >= 5) from (select (select count(*) from {table} where a is null) as measured) as checked',
      },
    ],
  ])('with %j', (limits, logic) => {
    expect(logicOf(convert({ metric: 'nullValues', ...limits }))).toMatchObject([logic]);
  });

  it.each([
    [
      { metric: 'missingValues', mustBe: 0, arguments: { missingValues: [null, '', 'N/A'] } },
      { type: 'not_accepted_values', values: ['', 'N/A'], nulls: 'fail' },
    ],
    [
      { metric: 'missingValues', mustBe: 0, arguments: { missingValues: [0] } },
      { type: 'not_accepted_values', values: [0] },
    ],
    [{ metric: 'missingValues', mustBe: 0, arguments: { missingValues: [null] } }, { type: 'not_null' }],
    [
      { metric: 'missingValues', mustBeGreaterThan: 1, arguments: { missingValues: [null, "it's"] } },
      { query: expect.stringContaining("a is null or a in ('it''s')) > 1") },
    ],
    [
      { metric: 'invalidValues', mustBeLessThan: 5, arguments: { validValues: ['pounds', 'kg'] } },
      { type: 'accepted_values', values: ['pounds', 'kg'], fail_if: 'rows > 4' },
    ],
    [
      { metric: 'invalidValues', mustBe: 0, arguments: null, pattern: '^[A-Z]{2}$' },
      { type: 'regex_match', pattern: '^[A-Z]{2}$' },
    ],
    [
      { metric: 'duplicateValues', mustBeLessThan: 10, unit: 'rows' },
      { type: 'unique', column: 'a', fail_if: 'rows > 9' },
    ],
    [
      { metric: 'duplicateValues', mustBeLessThan: 1, unit: 'percent' },
      { type: 'unique', fail_if: 'percent >= 1' },
    ],
    [{ metric: 'duplicateValues', mustBe: 2 }, { query: expect.stringContaining('sum(occurrences - 1)') }],
    [
      { rule: 'duplicateCount', mustBeLessThan: 10 },
      { type: 'unique', fail_if: 'rows > 9' },
    ],
    [
      { rule: 'validValues', validValues: ['x'] },
      { type: 'accepted_values', values: ['x'] },
    ],
  ])('%j', (check, logic) => {
    expect(logicOf(convert(check))).toMatchObject([logic]);
  });

  it('may be about several properties, in their physical names', () => {
    const properties = [property('a'), property('b', { physicalName: 'b_v2' })];
    const quality = [{ metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['a', 'b'] } }];
    expect(logicOf(importChecks(contractText({ properties, quality }), 'c.yaml'))).toEqual([
      { type: 'composite_unique', columns: ['a', 'b_v2'] },
    ]);
  });
});

describe('a number of rows', () => {
  it.each([
    [{ mustBeGreaterThan: 100 }, { type: 'row_count', threshold: 101 }],
    [{ mustBeGreaterOrEqualTo: 100 }, { type: 'row_count', threshold: 100 }],
    [{ mustBeBetween: [100, 120] }, { type: 'row_count_between', min_value: 101, max_value: 119 }],
    [{ mustBe: 7 }, { type: 'row_count_between', min_value: 7, max_value: 7 }],
    [{ mustBeLessThan: 10.5 }, { type: 'row_count_between', max_value: 10 }],
    [{ mustNotBe: 0 }, { type: 'custom_sql', query: 'select (select count(*) from {table}) <> 0', expect: true }],
  ])('with %j', (limits, logic) => {
    expect(logicOf(convertAtTable({ metric: 'rowCount', ...limits }))).toEqual([logic]);
  });
});

describe('a query', () => {
  it('is held against its operators, with the scoped table and the column for its placeholders', () => {
    const query = 'SELECT COUNT(*) FROM ${object} WHERE {property} IS NOT NULL;';
    expect(logicOf(convert({ type: 'sql', query, mustBeLessThan: 3600 }))).toEqual([
      {
        type: 'custom_sql',
        query: 'select (SELECT COUNT(*) FROM {table} WHERE a IS NOT NULL) < 3600',
        expect: true,
      },
    ]);
  });

  it('may give a text or a truth value', () => {
    expect(logicOf(convert({ type: 'sql', query: 'select max(a) from x', mustBe: "it's" }))).toMatchObject([
      { query: "select (select max(a) from x) = 'it''s'" },
    ]);
    expect(logicOf(convert({ type: 'sql', query: 'select true', mustBe: true }))).toMatchObject([
      { query: 'select (select true) = true' },
    ]);
  });

  it('ending in a comment does not swallow what follows', () => {
    expect(logicOf(convert({ type: 'sql', query: 'select 1 -- one', mustBe: 1 }))).toMatchObject([
      { query: 'select (select 1 -- one\n) = 1' },
    ]);
  });
});

describe('a check of another engine', () => {
  it.each([
    [
      'soda',
      { type: 'duplicate_percent', columns: ['carrier', 'number'], must_be_less_than: 1 },
      [{ type: 'composite_unique', columns: ['carrier', 'number'], fail_if: 'percent >= 1' }],
    ],
    ['soda', 'type: no_missing_values', [{ type: 'not_null', column: 'a' }]],
    ['soda', { type: 'rows_exist' }, [{ type: 'row_count', threshold: 1 }]],
    ['soda', '- row_count > 0\n- missing_count(a) = 0\n', [{ type: 'row_count' }, { type: 'not_null' }]],
    [
      'greatExpectations',
      { type: 'expect_table_row_count_to_be_between', kwargs: { minValue: 10, maxValue: 50 } },
      [{ type: 'row_count_between', min_value: 10, max_value: 50 }],
    ],
    ['great_expectations', 'type: expect_column_values_to_not_be_null', [{ type: 'not_null', column: 'a' }]],
    [
      'aegis',
      { logic: { type: 'between', column: 'a', max_value: 1 }, scope: { where: 'a > 0' } },
      [{ type: 'between', column: 'a', max_value: 1 }],
    ],
  ])('%s: %j', (engine, implementation, logic) => {
    expect(logicOf(convert({ type: 'custom', engine, implementation }))).toMatchObject(logic);
  });
});

describe('a check that no rule can say', () => {
  it.each([
    [{ type: 'text', description: 'It was confirmed.' }, 'text: it is text for people'],
    [{ description: 'It was confirmed.' }, 'text: it is text for people'],
    [{ type: 'library' }, 'library: it names no metric'],
    [{ metric: 'freshness', mustBe: 1 }, 'freshness: the standard has no metric called freshness'],
    [{ metric: 'constructor', mustBe: 1 }, 'constructor: the standard has no metric'],
    [{ metric: 'nullValues' }, 'nullValues: it does not say what the value must be'],
    [{ metric: 'nullValues', mustBe: 0, unit: 'bananas' }, 'nullValues: it counts in bananas'],
    [{ metric: 'nullValues', mustBeLessThan: 'x' }, 'nullValues: mustBeLessThan must be a number'],
    [{ metric: 'nullValues', mustBeBetween: [5, 1] }, 'nullValues: mustBeBetween must be a list of two numbers'],
    [{ metric: 'nullValues', mustBeLessThan: 0 }, 'nullValues: no count could be what it must be'],
    [{ metric: 'nullValues', mustBeLessThan: 200, unit: 'percent' }, 'nullValues: '],
    [{ metric: 'rowCount', mustBe: 1 }, 'rowCount: it counts rows of an object'],
    [{ metric: 'missingValues', mustBe: 0 }, 'missingValues: it does not say which values are missing'],
    [{ metric: 'invalidValues', mustBe: 0 }, 'invalidValues: it says neither validValues nor a pattern'],
    [{ metric: 'invalidValues', mustBe: 5, arguments: { pattern: 'x' } }, 'invalidValues: patterns have no SQL'],
    [{ type: 'sql', mustBe: 0 }, 'sql: it has no query'],
    [{ type: 'magic' }, 'magic: the standard has no checks of type magic'],
    [{ type: 'custom', engine: 'montecarlo', implementation: 'x' }, 'custom montecarlo: checks of montecarlo are not'],
    [{ type: 'custom', implementation: 'x' }, 'custom undefined: it names no engine'],
    [{ type: 'custom', engine: 'soda', implementation: 'a: [' }, 'custom soda: its implementation is not valid YAML'],
    [{ type: 'custom', engine: 'soda', implementation: { type: 'odd' } }, 'custom soda: no rule means the same as odd'],
    [
      { type: 'custom', engine: 'greatExpectations', implementation: {} },
      'custom greatExpectations: it is no expectation',
    ],
    [{ type: 'custom', engine: 'aegis', implementation: {} }, 'custom aegis: its implementation has no logic'],
  ])('%j is named with its reason', (check, reason) => {
    const { notConverted } = convert(check);
    expect(notConverted.map((each) => `${each.check}: ${each.reason}`)).toEqual([
      expect.stringMatching(`^${reason.replaceAll(/[()]/g, '.')}`),
    ]);
  });

  it('counts rows in no percentage, and names properties that there are', () => {
    const reasons = [
      { metric: 'rowCount', mustBe: 1, unit: 'percent' },
      { metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['a', 'z'] } },
      { metric: 'duplicateValues', mustBe: 0 },
      { metric: 'nullValues', mustBe: 0 },
      { type: 'sql', query: 'select count({property})', mustBe: 0 },
    ].map((check) => convertAtTable(check).notConverted[0]?.reason);
    expect(reasons).toEqual([
      'a number of rows is no percentage',
      'orders has no property z',
      'it names no properties',
      'it counts values of a property, and stands at an object',
      'its query names a property, and orders is an object',
    ]);
  });
});

describe('what a check says of itself', () => {
  it.each([
    ['error', 'high'],
    ['Warning', 'low'],
    ['critical', 'critical'],
    ['info', 'info'],
    ['P1', 'medium'],
    [undefined, 'medium'],
  ])('severity %s is %s', (severity, expected) => {
    const [rule] = convert({ metric: 'nullValues', mustBe: 0, ...(severity !== undefined && { severity }) }).rules;
    expect(rule?.document.metadata.severity).toBe(expected);
  });

  it('goes into its rule: name, description, dimension and tags', () => {
    const check = { name: 'ids are there', metric: 'nullValues', mustBe: 0, dimension: 'completeness', tags: ['t'] };
    const [rule] = convert(check).rules;
    expect(rule?.document.metadata).toMatchObject({
      id: 'orders_a_ids_are_there',
      description: 'ids are there',
      tags: ['contract', 'completeness', 't'],
    });
  });

  it('keeps ids of checks apart that look alike', () => {
    const checks = [
      { metric: 'nullValues', mustBe: 0 },
      { metric: 'nullValues', mustBeLessThan: 3 },
    ];
    const { rules } = importChecks(contractText({ properties: [property('a', { quality: checks })] }), 'c.yaml');
    expect(rules.map(({ id }) => id)).toEqual(['orders_a_null_values', 'orders_a_null_values_2']);
  });
});
