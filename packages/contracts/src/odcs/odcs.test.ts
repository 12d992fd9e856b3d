import { summaryLines } from '@aegis/rules/conversion';
import { describe, expect, it } from 'vitest';
import { importChecks } from '../import/import-checks.js';
import { contractText, fixtureNames, fixtureText, noFixtures, type Parts, property } from '../testing/contracts.js';

const convert = (orders: Parts, contract: Parts = {}) => importChecks(contractText(orders, contract), 'orders.yaml');

const logicOf = (...properties: readonly Parts[]) =>
  convert({ properties }).rules.map(({ document }) => document.logic);

const reasonsOf = (...properties: readonly Parts[]) =>
  convert({ properties }).notConverted.map(({ check, reason }) => `${check}: ${reason}`);

describe('a property', () => {
  it('that says nothing more must be a column', () => {
    expect(logicOf(property('total'))).toEqual([{ type: 'column_exists', column: 'total' }]);
  });

  it('is what its physical name is in the table', () => {
    const { rules } = convert({ physicalName: 'shop.orders_v2', properties: [{ name: 'sum', physicalName: 'total' }] });
    expect(rules).toMatchObject([
      { id: 'orders_sum_column', document: { scope: { table: 'shop.orders_v2' }, logic: { column: 'total' } } },
    ]);
  });

  it('may be required, unique, and a primary key by itself', () => {
    expect(logicOf(property('id', { required: true, unique: true, primaryKey: true }))).toEqual([
      { type: 'unique', column: 'id', nulls: 'fail' },
      { type: 'not_null', column: 'id' },
      { type: 'unique', column: 'id' },
    ]);
  });

  it('may be part of a primary key, in the order that the contract says', () => {
    const key = (name: string, primaryKeyPosition: number) => property(name, { primaryKey: true, primaryKeyPosition });
    expect(logicOf(key('line', 2), key('id', 1))).toEqual([
      { type: 'composite_unique', columns: ['id', 'line'], nulls: 'fail' },
    ]);
  });

  it.each([
    [
      { minLength: 2, maxLength: 5 },
      { type: 'regex_match', column: 'a', pattern: '^[\\s\\S]{2,5}$' },
    ],
    [{ maxLength: 4000 }, { type: 'sql_expression', expression: 'length(a) <= 4000' }],
    [{ pattern: '^[A-Z]+$' }, { type: 'regex_match', column: 'a', pattern: '^[A-Z]+$' }],
    [{ format: 'uuid' }, { type: 'regex_match', pattern: expect.stringContaining('{8}-') }],
    [{ enum: ['x', 'y'] }, { type: 'accepted_values', column: 'a', values: ['x', 'y'] }],
  ])('of text with %j', (logicalTypeOptions, logic) => {
    expect(logicOf(property('a', { logicalType: 'string', logicalTypeOptions }))).toMatchObject([logic]);
  });

  it.each([
    ['integer', { minimum: 1, maximum: 9 }, { type: 'between', min_value: 1, max_value: 9 }],
    ['integer', { exclusiveMinimum: 0 }, { type: 'min_value_check', min_value: 1 }],
    ['integer', { exclusiveMaximum: 10, maximum: 12 }, { type: 'max_value_check', max_value: 9 }],
    ['integer', { multipleOf: 5 }, { type: 'sql_expression', expression: 'mod(a, 5) = 0' }],
    ['integer', { format: 'u8' }, { type: 'between', min_value: 0, max_value: 255 }],
    ['integer', { format: 'i64' }, { max_value: '9223372036854775807' }],
    ['number', { minimum: 0.5 }, { type: 'min_value_check', min_value: 0.5 }],
    ['number', { exclusiveMinimum: 0, maximum: 1 }, { type: 'sql_expression', expression: 'a > 0 and a <= 1' }],
    ['number', { multipleOf: 0.01 }, { expression: 'mod(cast(a as decimal(38, 9)), 0.01) = 0' }],
    ['date', { minimum: '2026-01-01' }, { type: 'min_value_check', min_value: '2026-01-01' }],
    ['date', { exclusiveMaximum: '2027-01-01' }, { expression: "a < date '2027-01-01'" }],
    ['array', { minItems: 1, maxItems: 3 }, { expression: 'len(a) >= 1 and len(a) <= 3' }],
  ])('of type %s with %j', (logicalType, logicalTypeOptions, logic) => {
    expect(logicOf(property('a', { logicalType, logicalTypeOptions }))).toMatchObject([logic]);
  });

  it('keeps the digits of bounds that no double holds', () => {
    const text = contractText({ properties: [property('a', { logicalType: 'integer' })] }).replace(
      'logicalType: integer',
      'logicalType: integer\n        logicalTypeOptions: { maximum: 9223372036854775806 }',
    );
    expect(importChecks(text, 'c.yaml').rules[0]?.document.logic).toMatchObject({ max_value: '9223372036854775806' });
  });

  it.each([
    [{ logicalType: 'string', logicalTypeOptions: { format: 'password' } }, 'format: no pattern is known'],
    [{ logicalType: 'number', logicalTypeOptions: { format: 'f32' } }, 'format: the format f32 says how values'],
    [{ logicalType: 'string', logicalTypeOptions: { pattern: '(?=x)y' } }, 'pattern: '],
    [{ logicalType: 'object', logicalTypeOptions: { minProperties: 1 } }, 'minProperties: no rule type says'],
    [{ logicalType: 'array', logicalTypeOptions: { uniqueItems: true } }, 'uniqueItems: no rule type says'],
    [{ logicalTypeOptions: { minLength: -1 } }, 'minLength: minLength and maxLength must be whole numbers'],
    [{ logicalTypeOptions: { minimum: true } }, 'minimum: its bounds must be numbers or dates'],
    [{ logicalTypeOptions: { enum: [] } }, 'enum: enum must be a list of values'],
  ])('with %j is named with its reason', (parts, reason) => {
    expect(reasonsOf(property('a', parts))).toEqual([expect.stringMatching(`^${reason}`)]);
  });

  it('inside another one is out of reach', () => {
    const inner = [property('street', { required: true })];
    const items = { logicalType: 'string', logicalTypeOptions: { minLength: 1 } };
    const { notConverted } = convert({
      properties: [
        property('address', { logicalType: 'object', properties: inner }),
        property('tags', { logicalType: 'array', items }),
      ],
    });
    expect(notConverted).toMatchObject([
      { source: 'orders.address.street:required', reason: expect.stringMatching(/values inside a value/) },
      { source: 'orders.tags.items:length' },
    ]);
  });
});

describe('what holds for the contract', () => {
  const parts = { properties: [property('id', { required: true, tags: ['key'] })], tags: ['sales'] };

  it('goes into every rule: domain, tags, and the owner who has not left', () => {
    const members = [
      { username: 'gone', role: 'Owner', dateOut: '2025-01-01' },
      { username: 'ann', role: 'Data Owner' },
    ];
    const [rule] = convert(parts, { domain: 'retail', tags: ['gold'], team: { name: 'shop', members } }).rules;
    expect(rule?.document.metadata).toEqual({
      id: 'orders_id_required',
      severity: 'high',
      owner: 'ann',
      description: 'The contract of orders: required of orders.id.',
      domain: 'retail',
      tags: ['contract', 'gold', 'sales', 'key'],
    });
  });

  it.each([
    [[{ username: 'ann', role: 'owner' }], 'ann'],
    [{ name: 'shop', members: [] }, 'shop'],
    [[{ username: 'ann', role: 'Data Scientist' }], undefined],
  ])('has an owner by the team %j', (team, owner) => {
    expect(convert(parts, { team }).rules[0]?.document.metadata.owner).toBe(owner);
  });

  it('is said where it concerns who runs the rules', () => {
    const { notes } = convert(
      { properties: [property('id', { logicalType: 'integer', quality: [{ type: 'text', schedule: '0 2 * * *' }] })] },
      {
        status: 'draft',
        servers: [
          { server: 'local', type: 'duckdb', database: 'shop.duckdb' },
          { server: 'prod', type: 'postgres', host: 'h', port: 5432, database: 'shop', schema: 'sales' },
          { server: 'stream', type: 'kafka', host: 'k' },
        ],
      },
    );
    expect(notes).toEqual([
      'The contract is draft.',
      'Types of 1 column are not in the rules: aegis contract check compares them.',
      'The schedule of 1 check has no counterpart: rules run when they are called.',
      'Server local is a DuckDB file: --db shop.duckdb.',
      'Server prod is a warehouse of type postgres: host h, port 5432, database shop, schema sales.',
      'Server stream is of type kafka, for which there is no warehouse.',
    ]);
  });
});

describe('a server', () => {
  const servers = [
    { server: 'bq', type: 'bigquery', project: 'shop-1', dataset: 'sales' },
    { server: 'pg', type: 'postgres', host: 'h', port: 1, database: 'd', schema: 'sales' },
    { server: 'files', type: 'local', path: 'data/{model}.csv', format: 'csv' },
  ];
  const inServer = (server: string, orders: Parts = {}) =>
    importChecks(
      contractText(
        { properties: [property('Total', { logicalTypeOptions: { exclusiveMinimum: 0 } })], ...orders },
        { servers },
      ),
      'c.yaml',
      {
        server,
        rebase: (path) => `../${path}`,
      },
    ).rules[0]?.document;

  it('says where the tables lie, and which SQL is spoken there', () => {
    expect(inServer('bq')).toMatchObject({
      scope: { table: 'shop-1.sales.orders' },
      logic: { expression: '`Total` > 0' },
    });
    expect(inServer('pg')).toMatchObject({ scope: { table: 'sales.orders' }, logic: { expression: '"Total" > 0' } });
    expect(inServer('files')?.scope.table).toBe('../data/orders.csv');
    expect(inServer('pg', { physicalName: 'other.orders' })?.scope.table).toBe('other.orders');
  });

  it('must be one of the contract', () => {
    expect(() => inServer('prod')).toThrow(
      expect.objectContaining({ code: 'config/usage', hint: 'It has bq, pg, files.' }),
    );
  });
});

describe('contracts of other projects', () => {
  it.skipIf(fixtureNames.length === 0)(`lose no check (${noFixtures})`, () => {
    const summaries = fixtureNames.map((name) => summaryLines(importChecks(fixtureText(name), name)));
    expect(summaries.map((lines) => lines.find((line) => / checks?: /.test(line)))).toEqual([
      '1 check: 1 converted, 0 not',
      '2 checks: 2 converted, 0 not',
      '3 checks: 3 converted, 0 not',
      '21 checks: 12 converted, 9 not',
    ]);
  });
});
