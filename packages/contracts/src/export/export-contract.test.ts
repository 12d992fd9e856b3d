import { compileRules, ruleTypes } from '@aegis/rules';
import type { Rule, TableDescription } from '@aegis/spec';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { importChecks } from '../import/import-checks.js';
import { fixtureNames, noFixtures, officialSchema } from '../testing/contracts.js';
import { exportContract } from './export-contract.js';

const rulesOf = (...documents: readonly object[]): readonly Rule[] => compileRules(documents).rules;

const rule = (id: string, logic: object, parts: { readonly metadata?: object; readonly scope?: object } = {}) => ({
  metadata: { id, ...parts.metadata },
  scope: { table: 'orders', ...parts.scope },
  logic,
});

const exported = (...documents: readonly object[]) => exportContract(rulesOf(...documents), { id: 'shop' });

const contractOf = (text: string) => parse(text) as { readonly schema: readonly Record<string, unknown>[] };

/** The rules that a contract gives, without where they were written. */
const comparable = (rules: readonly Rule[]) =>
  rules.map(({ location: _location, baseDirectory: _folder, ...rest }) => rest).sort((a, b) => (a.id < b.id ? -1 : 1));

const imported = (text: string) =>
  compileRules(importChecks(text, 'c.yaml').rules.map(({ document }) => document)).rules;

/** Every rule type in its own example, and with everything that a rule can say. */
const everyRule = ruleTypes.flatMap(({ name, example, acceptsNulls, countedUnits }) => [
  rule(`${name}_plain`, example),
  rule(
    `${name}.full`,
    {
      ...example,
      ...(acceptsNulls && { nulls: 'fail' }),
      ...(countedUnits.length > 0 &&
        example.expect !== true && { fail_if: `${countedUnits[0]} > 3`, warn_if: `${countedUnits[0]} > 1` }),
    },
    {
      metadata: {
        severity: 'info',
        owner: 'ann',
        domain: 'retail',
        version: '2.1',
        tags: ['a', 'completeness'],
        description: 'd',
      },
      scope: { timezone: 'Europe/Berlin', ...(name === 'custom_sql' ? {} : { where: 'id > 1' }) },
    },
  ),
]);

describe('a rule', () => {
  it.each([
    [
      { type: 'not_null', column: 'id' },
      { metric: 'nullValues', mustBe: 0 },
    ],
    [
      { type: 'not_null', column: 'id', fail_if: 'percent >= 1.5' },
      { metric: 'nullValues', mustBeLessThan: 1.5, unit: 'percent' },
    ],
    [
      { type: 'unique', column: 'id', fail_if: 'rows > 10' },
      { metric: 'duplicateValues', mustBeLessOrEqualTo: 10 },
    ],
    [
      { type: 'accepted_values', column: 'id', values: ['a', 'b'] },
      { metric: 'invalidValues', arguments: { validValues: ['a', 'b'] } },
    ],
    [
      { type: 'regex_match', column: 'id', pattern: '^x' },
      { metric: 'invalidValues', arguments: { pattern: '^x' } },
    ],
    [
      { type: 'not_accepted_values', column: 'id', values: [''], nulls: 'fail' },
      { metric: 'missingValues', arguments: { missingValues: [null, ''] } },
    ],
  ])('%j is said in words of the standard at its column', (logic, check) => {
    const { text, verbatim } = exported(rule('r', logic));
    expect(verbatim).toEqual([]);
    expect(contractOf(text).schema).toMatchObject([{ name: 'orders', properties: [{ name: 'id', quality: [check] }] }]);
  });

  it.each([
    [
      { type: 'composite_unique', columns: ['a', 'b'] },
      { metric: 'duplicateValues', arguments: { properties: ['a', 'b'] } },
    ],
    [
      { type: 'row_count', threshold: 5 },
      { metric: 'rowCount', mustBeGreaterOrEqualTo: 5 },
    ],
    [
      { type: 'row_count_between', min_value: 100, max_value: 120 },
      { metric: 'rowCount', mustBeBetween: [99, 121] },
    ],
    [
      { type: 'row_count_between', min_value: 7, max_value: 7 },
      { metric: 'rowCount', mustBe: 7 },
    ],
  ])('%j is said at its table', (logic, check) => {
    const { text, verbatim } = exported(rule('r', logic));
    expect(verbatim).toEqual([]);
    expect(contractOf(text).schema).toMatchObject([{ quality: [check] }]);
  });

  it('is written as it is where the standard would change it', () => {
    const half = rule('half', { type: 'not_null', column: 'id', fail_if: 'rows >= 3' });
    const keys = rule('keys', { type: 'unique', column: 'id', fail_if: 'keys > 2' });
    const { text, inWords, verbatim } = exported(half, keys);
    expect({ inWords, verbatim }).toEqual({ inWords: [], verbatim: ['half', 'keys'] });
    expect(text).toContain('engine: aegis');
    expect(comparable(imported(text))).toEqual(comparable(rulesOf(half, keys)));
  });

  it('between two tables of the contract is a relationship', () => {
    const key = { type: 'foreign_key', column: 'customer', reference_table: 'customers', reference_column: 'id' };
    const composite = {
      type: 'foreign_key',
      columns: ['a', 'b'],
      reference_table: 'customers',
      reference_columns: ['x', 'y'],
    };
    const documents = [
      rule('key', key, { metadata: { severity: 'low', tags: ['t'], description: 'd' } }),
      rule('composite', composite),
      rule('parent', { type: 'unique', column: 'id' }, { scope: { table: 'customers' } }),
    ];
    const { text, verbatim } = exported(...documents);
    expect(verbatim).toEqual([]);
    expect(contractOf(text).schema[0]).toMatchObject({
      relationships: [{ from: ['orders.a', 'orders.b'], to: ['customers.x', 'customers.y'] }],
      properties: [{ name: 'customer', relationships: [{ to: 'customers.id' }] }, { name: 'a' }, { name: 'b' }],
    });
  });

  it('of every type comes back the same, whatever it says', () => {
    const rules = rulesOf(...everyRule);
    const { text, inWords, verbatim } = exportContract(rules, { id: 'shop' });
    expect(comparable(imported(text))).toEqual(comparable(rules));
    expect(inWords.length + verbatim.length).toBe(rules.length);
    expect(inWords.length).toBeGreaterThanOrEqual(8);
  });

  it('keeps an id that the standard cannot hold', () => {
    const odd = rule('shop:ids/unique', { type: 'unique', column: 'id' });
    expect(imported(exported(odd).text).map(({ id }) => id)).toEqual(['shop:ids/unique']);
  });
});

describe('a contract', () => {
  const description: TableDescription = {
    table: { kind: 'named', parts: ['main', 'orders'] },
    kind: 'table',
    columns: [
      { name: 'id', type: { kind: 'integer', native: 'BIGINT' }, nullable: false },
      { name: 'placed_at', type: { kind: 'timestamptz', native: 'TIMESTAMP WITH TIME ZONE' } },
      { name: 'price', type: { kind: 'decimal', native: 'DECIMAL(18,2)' } },
      { name: 'odd', type: { kind: 'other', native: 'BIT' } },
    ],
  };

  it('promises the columns and types that a warehouse describes', () => {
    const rules = rulesOf(rule('ids', { type: 'unique', column: 'ID' }));
    const tables = [{ table: { kind: 'named' as const, parts: ['orders'] }, description }];
    const { text } = exportContract(rules, { id: 'shop', status: 'active', version: '3.0.0', name: 'Shop', tables });
    expect(parse(text)).toMatchObject({
      apiVersion: 'v3.1.0',
      kind: 'DataContract',
      id: 'shop',
      name: 'Shop',
      version: '3.0.0',
      status: 'active',
      schema: [
        {
          name: 'orders',
          physicalType: 'table',
          properties: [
            { name: 'id', logicalType: 'integer', physicalType: 'BIGINT', required: true, quality: [{ id: 'ids' }] },
            { name: 'placed_at', logicalType: 'timestamp', physicalType: 'TIMESTAMP WITH TIME ZONE' },
            { name: 'price', logicalType: 'number', physicalType: 'DECIMAL(18,2)' },
            { name: 'odd', physicalType: 'BIT' },
          ],
        },
      ],
    });
  });

  it('keeps tables of the same last name apart, and names files by their path', () => {
    const tables = ['a.orders', 'b.orders', 'data/orders.csv'];
    const rules = rulesOf(
      ...tables.map((table, index) => rule(`r${index}`, { type: 'row_count', threshold: 1 }, { scope: { table } })),
    );
    const { text } = exportContract(rules, { id: 'shop' });
    expect(contractOf(text).schema.map(({ name, physicalName }) => [name, physicalName])).toEqual([
      ['orders', 'a.orders'],
      ['orders_2', 'b.orders'],
      ['orders_3', 'data/orders.csv'],
    ]);
    expect(comparable(imported(text))).toEqual(comparable(rules));
  });

  it.skipIf(fixtureNames.length === 0)(`is valid by the official schema (${noFixtures})`, () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(officialSchema());
    const tables = [{ table: { kind: 'named' as const, parts: ['orders'] }, description }];
    for (const request of [{ id: 'shop' }, { id: 'shop', name: 'Shop', tables }]) {
      const { text } = exportContract(rulesOf(...everyRule), request);
      expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
    }
  });
});
