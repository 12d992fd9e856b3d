import { describe, expect, it } from 'vitest';
import { readSource } from '../source/read-source.js';
import { soda } from './soda.js';

const convert = (text: string) => soda.convert(readSource(text, 'checks.yml'), {});

/** The rules of one check on `orders`, and the reasons for those that are none. */
const ofCheck = (check: string) => {
  const { rules, notConverted } = convert(`checks for orders:\n${check.replace(/^/gm, '  ')}\n`);
  return [
    ...rules.map(({ document: { logic, scope } }) =>
      scope.where === undefined ? logic : { ...logic, where: scope.where },
    ),
    ...notConverted.map(({ reason }) => reason),
  ];
};

const figure = (expression: string, condition: string) => ({
  type: 'custom_sql',
  query: `select figure from (select ${expression} as figure from {table}) as figures where ${condition}`,
});

describe('counts of rows', () => {
  it.each([
    ['row_count > 0', { type: 'row_count', threshold: 1 }],
    ['row_count between 10 and 20', { type: 'row_count_between', min_value: 10, max_value: 20 }],
    ['row_count < 5', { type: 'row_count_between', max_value: 4 }],
    ['row_count = 0', { type: 'row_count_between', min_value: 0, max_value: 0 }],
    ['row_count != 7', figure('count(*)', 'figure >= 7 and figure <= 7')],
    ['row_count same as raw.orders', { type: 'reconcile_row_count', source_table: 'raw.orders', tolerance_pct: 0 }],
  ])('%s', (line, logic) => {
    expect(ofCheck(`- ${line}`)).toEqual([logic]);
  });

  it('warn and fail by a query each where the rule type does not', () => {
    expect(ofCheck('- row_count:\n    warn: when < 10\n    fail: when = 0')).toEqual([
      figure('count(*)', 'figure >= 0 and figure <= 0'),
      { ...figure('count(*)', 'figure < 10'), warn_if: 'rows > 0' },
    ]);
  });
});

describe('missing and invalid values', () => {
  it.each([
    ['- missing_count(email) = 0', { type: 'not_null', column: 'email' }],
    ['- missing_count(email) < 5', { type: 'not_null', column: 'email', fail_if: 'rows >= 5' }],
    ['- missing_percent("E mail") <= 2.5 %', { type: 'not_null', column: 'E mail', fail_if: 'percent > 2.5' }],
    [
      '- missing_count(email):\n    warn: when > 0\n    fail: when > 10',
      { type: 'not_null', column: 'email', fail_if: 'rows > 10', warn_if: 'rows > 0' },
    ],
    ['- missing_count(email):\n    warn: when > 0', { type: 'not_null', column: 'email', warn_if: 'rows > 0' }],
    [
      "- missing_count(email) = 0:\n    missing values: [N/A, '']",
      { type: 'sql_expression', expression: "not (email is null or email in ('N/A', ''))" },
    ],
    ['- missing_count(email) > 5', figure('count(case when email is null then 1 end)', 'figure <= 5')],
    [
      '- invalid_count(status) = 0:\n    valid values: [a, b]',
      { type: 'accepted_values', column: 'status', values: ['a', 'b'] },
    ],
    [
      '- invalid_count(status) = 0:\n    invalid values: [x]',
      { type: 'not_accepted_values', column: 'status', values: ['x'] },
    ],
    [
      '- invalid_percent(total) < 1%:\n    valid min: 0\n    valid max: 9.5',
      { type: 'between', column: 'total', min_value: 0, max_value: 9.5, fail_if: 'percent >= 1' },
    ],
    [
      "- invalid_count(sku) = 0:\n    valid regex: '^[A-Z]+$'",
      { type: 'regex_match', column: 'sku', pattern: '^[A-Z]+$' },
    ],
    ['- invalid_count(sku) = 0:\n    valid length: 3', { type: 'sql_expression', expression: 'length(sku) = 3' }],
    [
      '- invalid_count(sku) < 9:\n    valid min: 1\n    valid max length: 3',
      { type: 'sql_expression', expression: 'sku >= 1 and length(sku) <= 3', fail_if: 'rows >= 9' },
    ],
    [
      "- invalid_count(sku) = 0:\n    missing values: ['-']\n    valid values: [a]",
      { type: 'sql_expression', expression: "sku in ('-') or (sku in ('a'))" },
    ],
    [
      "- invalid_count(sku) = 0:\n    missing values: ['-']\n    valid regex: a",
      { type: 'regex_match', column: 'sku', pattern: 'a', where: "not (sku in ('-'))" },
    ],
  ])('%s', (check, logic) => {
    expect(ofCheck(check)).toEqual([logic]);
  });

  it('are a rule for each pattern and list that all must hold', () => {
    expect(ofCheck('- invalid_count(sku) = 0:\n    valid format: uuid\n    valid max length: 36')).toEqual([
      expect.objectContaining({ type: 'sql_expression' }),
      expect.objectContaining({ type: 'regex_match' }),
    ]);
  });

  it('take what is configured for the column', () => {
    const { rules } = convert(
      'configurations for orders:\n  valid values for status: [a]\nchecks for orders:\n  - invalid_count(status) = 0\n',
    );
    expect(rules[0]?.document.logic).toEqual({ type: 'accepted_values', column: 'status', values: ['a'] });
  });
});

describe('keys', () => {
  it.each([
    ['duplicate_count(id) = 0', { type: 'unique', column: 'id' }],
    ['duplicate_count(a, b) < 3', { type: 'composite_unique', columns: ['a', 'b'], fail_if: 'keys >= 3' }],
    [
      'values in (customer_id) must exist in customers (id)',
      { type: 'foreign_key', column: 'customer_id', reference_table: 'customers', reference_column: 'id' },
    ],
    [
      'values in (id) must not exist in blocked (id)',
      { type: 'custom_sql', query: 'select id from {table} where id in (select id from blocked where id is not null)' },
    ],
  ])('%s', (line, logic) => {
    expect(ofCheck(`- ${line}`)).toEqual([logic]);
  });

  it('are divided by rows in a query', () => {
    expect(ofCheck('- duplicate_percent(id) < 5')).toEqual([expect.objectContaining({ type: 'custom_sql' })]);
  });
});

describe('figures', () => {
  it.each([
    ['- avg(total) between 1 and 5', { type: 'mean_between', column: 'total', min_value: 1, max_value: 5 }],
    ['- sum(total) >= 5', { type: 'column_sum_between', column: 'total', min_value: 5 }],
    ['- avg(total) > 1', figure('avg(total)', 'figure <= 1')],
    ['- max(total) <= 10', figure('max(total)', 'figure > 10')],
    ['- avg(total) < 5:\n    filter: total > 0', { ...figure('avg(total)', 'figure >= 5'), where: 'total > 0' }],
    ['- orders_per_day > 1:\n    orders_per_day expression: count(*) / 7', figure('count(*) / 7', 'figure <= 1')],
    [
      '- open between 1 and 2:\n    open query: |\n      select count(*) from orders;',
      {
        type: 'custom_sql',
        query:
          'select figure from (select (select count(*) from orders) as figure) as figures where not (figure >= 1 and figure <= 2)',
      },
    ],
    ['- freshness(loaded_at) < 1d', { type: 'freshness', column: 'loaded_at', threshold: 1, unit: 'days' }],
    [
      '- freshness(loaded_at):\n    fail: when > 36h',
      { type: 'freshness', column: 'loaded_at', threshold: 36, unit: 'hours' },
    ],
  ])('%s', (check, logic) => {
    expect(ofCheck(check)).toEqual([logic]);
  });
});

describe('rows and columns', () => {
  it.each([
    ['- failed rows:\n    fail condition: total < 0', [{ type: 'sql_expression', expression: 'not (total < 0)' }]],
    [
      '- failed rows:\n    fail condition: total < 0 -- refunds',
      [{ type: 'sql_expression', expression: 'not (total < 0 -- refunds\n)' }],
    ],
    [
      '- failed rows:\n    fail query: |\n      select * from orders where total < 0\n    fail: when > 5',
      [{ type: 'custom_sql', query: 'select * from orders where total < 0', fail_if: 'rows > 5' }],
    ],
    [
      '- schema:\n    fail:\n      when required column missing: [id, total]',
      [
        { type: 'column_exists', column: 'id' },
        { type: 'column_exists', column: 'total' },
      ],
    ],
    [
      '- schema:\n    fail:\n      when required column missing: [id]\n      when wrong column type:\n        id: integer',
      [{ type: 'column_exists', column: 'id' }, 'no rule says "when wrong column type"'],
    ],
  ])('%s', (check, logic) => {
    expect(ofCheck(check)).toEqual(logic);
  });
});

describe('what is not converted', () => {
  it.each([
    ['- anomaly detection for row_count', 'it compares with what Soda measured before'],
    ['- distribution_difference(x) > 0.05', 'it compares with what Soda measured before'],
    ['- percentile(x, 0.5) > 1', 'no rule type is about percentiles'],
    ['- group by:\n    query: select 1', 'no rule looks at groups'],
    ['- row_count', 'it has no condition'],
    ['- row_count > many', 'its condition is not understood'],
    ['- row_count:\n    fail: if > 5', 'its condition is not understood'],
    ['- 5', 'it is no line with keys below it'],
    ['- missing_count(a) = 0:\n    filter: b > ${limit}', '${limit} gets its value only when Soda runs'],
    ['- row_count same as other in lake', 'the other table is in lake'],
    ['- invalid_count(a) = 0', 'it does not say what is valid'],
    ["- invalid_count(a) = 0:\n    invalid regex: 'x'", 'no rule says that a pattern must be absent'],
    ['- freshness(a):\n    warn: when > 1d', 'freshness does not warn'],
    ['- what is this?', 'its line is not understood'],
    ['- constructor > 5', 'no rule type is known to mean what constructor means'],
  ])('%s', (check, reason) => {
    expect(ofCheck(check)).toEqual([reason]);
  });

  it('is said in the words of the rule where the rule refuses it', () => {
    expect(ofCheck("- invalid_count(a) = 0:\n    valid regex: '(?=a)'")).toEqual([expect.stringContaining('pattern')]);
  });
});

describe('sections', () => {
  it('fill in variables and named filters', () => {
    const { rules } = convert(
      'variables:\n  DAY: "2026-01-01"\nfilter orders [daily]:\n  where: day = date \'${DAY}\'\nchecks for orders [daily]:\n  - missing_count(id) = 0\n',
    );
    expect(rules.map(({ document }) => document.scope)).toEqual([
      { table: 'orders', where: "day = date '2026-01-01'" },
    ]);
  });

  it('repeat checks for each table that is named', () => {
    const { rules } = convert(
      'for each dataset D:\n  datasets: [orders, include customers]\n  checks:\n    - row_count > 0\n',
    );
    expect(rules.map(({ document, location }) => [document.scope.table, location.line])).toEqual([
      ['customers', 4],
      ['orders', 4],
    ]);
  });

  it('repeat checks once for each, also where the title holds its name', () => {
    const { rules } = convert(
      'for each dataset data:\n  datasets: [data, set, include set]\n  checks:\n    - row_count > 0\n    - row_count > 0\n',
    );
    expect(rules.map(({ document }) => document.scope.table)).toEqual(['data', 'data', 'set', 'set']);
    expect(new Set(rules.flatMap(({ id, source }) => [id, source])).size).toBe(8);
  });

  it('are about tables that variables name, or about none', () => {
    const checks = 'checks for raw_${T}:\n  - row_count > 0\n';
    expect(convert(`variables: {T: orders}\n${checks}`).rules[0]?.document.scope.table).toBe('raw_orders');
    expect(convert(checks)).toMatchObject({
      rules: [],
      notConverted: [{ reason: '${T} gets its value only when Soda runs' }],
    });
  });

  it('name every check of a section that only the database can fill', () => {
    const { notConverted } = convert(
      'for each dataset D:\n  datasets: [ord%]\n  checks: [row_count > 0]\nchecks for orders [gone]:\n  - row_count > 0\nchecks:\n  - row_count > 0\nodd things: 1\n',
    );
    expect(notConverted.map(({ reason }) => reason)).toEqual([
      'which tables it is about, only the database tells',
      'the filter gone is not in the file',
      'it is about no table that the file names',
      'the section is not understood',
    ]);
  });

  it('mention those that check nothing', () => {
    expect(convert('profile columns:\n  columns: [a%]\nchecks for t:\n  - row_count > 0\n').notes).toEqual([
      '"profile columns" checks nothing and was left out',
    ]);
  });

  it('keep names, attributes and places', () => {
    const { rules } = convert(
      'checks for orders:\n  - row_count > 0:\n      name: There are orders\n      attributes: {owner: sales, tags: [daily], team: x}\n',
    );
    expect(rules[0]).toMatchObject({
      id: 'orders.There_are_orders',
      location: { file: 'checks.yml', line: 2 },
      document: {
        metadata: {
          owner: 'sales',
          description: 'There are orders',
          tags: ['soda', 'daily', 'team=x'],
          severity: 'high',
        },
      },
    });
  });

  it('have the same ids in every run', () => {
    const text = 'checks for orders:\n  - row_count > 0\n  - row_count > 0:\n      filter: a > 1\n';
    expect(convert(text).rules.map(({ id }) => id)).toEqual(convert(text).rules.map(({ id }) => id));
    expect(new Set(convert(text).rules.map(({ id }) => id)).size).toBe(2);
  });
});

it.each([
  ['checks for orders:\n  - row_count > 0\n', true],
  ['filter orders [x]:\n  where: a\n', true],
  ['apiVersion: v3.1.0\nkind: DataContract\n', false],
  ['- a\n', false],
])('recognises its own files: %j', (text, isSoda) => {
  expect(soda.recognise(readSource(text, 'f.yml'))).toBe(isSoda);
});
