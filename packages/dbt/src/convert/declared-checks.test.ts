import { describe, expect, it } from 'vitest';
import { readManifest } from '../manifest/read-manifest.js';
import { manifestText, model, source, test } from '../testing/small-manifest.js';
import { convertManifest } from './convert-manifest.js';

type Nodes = Parameters<typeof manifestText>[0];

const convert = (...nodes: Nodes) => convertManifest(readManifest(manifestText(nodes), 'm'));

const late = { warn_after: { count: 12, period: 'hour' }, error_after: { count: 2, period: 'day' } };

describe('source freshness', () => {
  it('becomes a rule for each age', () => {
    const { rules } = convert(source('orders', { loaded_at_field: 'at', freshness: { ...late, filter: 'day > 1' } }));
    expect(
      rules.map(({ document: { metadata, scope, logic } }) => [metadata.id, metadata.severity, scope, logic]),
    ).toEqual([
      [
        'freshness_raw_orders_error_after',
        'high',
        { table: 'shop.raw.orders', where: 'day > 1' },
        { type: 'freshness', column: 'at', threshold: 2, unit: 'days' },
      ],
      [
        'freshness_raw_orders_warn_after',
        'low',
        { table: 'shop.raw.orders', where: 'day > 1' },
        { type: 'freshness', column: 'at', threshold: 12, unit: 'hours' },
      ],
    ]);
  });

  it('is about the last change of the table where no column is named', () => {
    const { rules } = convert(source('orders', { config: { freshness: { error_after: late.error_after } } }));
    expect(rules.map(({ document }) => document.logic)).toEqual([{ type: 'freshness', threshold: 2, unit: 'days' }]);
  });

  it('is none where none is declared', () => {
    const empty = {
      warn_after: { count: null, period: null },
      error_after: { count: null, period: null },
      filter: null,
    };
    expect(convert(source('a'), source('b', { freshness: null }), source('c', { freshness: empty }))).toEqual({
      rules: [],
      notConverted: [],
      notes: [],
    });
  });

  it.each([
    [{ loaded_at_field: 'cast(at as timestamp)' }, /loaded_at_field is an expression/],
    [{ loaded_at_query: 'select max(at) from x' }, /comes from a query/],
    [{ loaded_at_field: 'at', freshness: { ...late, filter: '{{ x }}' } }, /filled in by dbt/],
    [{ relation_name: "read_parquet('x')" }, /is no table/],
    [{ config: { enabled: false } }, /disabled/],
    [{ freshness: { error_after: { count: 1, period: 'fortnight' } } }, /unit/],
  ])('of %j is named with its reason', (parts, reason) => {
    const { rules, notConverted } = convert(source('orders', { freshness: late, ...parts }));
    expect(rules).toEqual([]);
    expect(notConverted[0]).toMatchObject({ check: 'source freshness', reason: expect.stringMatching(reason) });
  });
});

describe('a contract', () => {
  const contracted = (parts: object) => model('orders', { config: { contract: { enforced: true } }, ...parts });
  const logicOf = (constraint: object, parts: object = {}) =>
    convert(contracted({ constraints: [constraint], ...parts })).rules.map(({ document }) => document.logic);

  it('promises its columns and their constraints', () => {
    const columns = {
      id: { name: 'id', constraints: [{ type: 'not_null' }, { type: 'primary_key' }] },
      status: { name: 'status', data_type: 'text', constraints: [{ type: 'check', expression: "status <> ''" }] },
    };
    const { rules, notConverted, notes } = convert(contracted({ columns, version: 2 }));
    expect(notConverted).toEqual([]);
    expect(notes).toEqual(['Types of 1 column in contracts are not compared: only that the columns exist.']);
    expect(rules.map(({ id, document }) => [id, document.logic])).toEqual([
      ['contract_orders_v2_check_status', { type: 'sql_expression', expression: "status <> ''" }],
      ['contract_orders_v2_column_id', { type: 'column_exists', column: 'id' }],
      ['contract_orders_v2_column_status', { type: 'column_exists', column: 'status' }],
      ['contract_orders_v2_not_null_id', { type: 'not_null', columns: ['id'] }],
      ['contract_orders_v2_primary_key_id', { type: 'unique', column: 'id', nulls: 'fail' }],
    ]);
  });

  it('may have constraints over several columns and on other tables', () => {
    expect(logicOf({ type: 'unique', columns: ['a', 'b'] })).toEqual([
      { type: 'composite_unique', columns: ['a', 'b'] },
    ]);
    const key = { type: 'foreign_key', columns: ['c'] };
    const reference = {
      type: 'foreign_key',
      columns: ['c'],
      reference_table: 'shop.main.customers',
      reference_columns: ['id'],
    };
    expect(logicOf({ ...key, to: '"shop"."main"."customers"', to_columns: ['id'] })).toEqual([reference]);
    expect(logicOf({ ...key, expression: 'shop.main.customers (id)' })).toEqual([reference]);
  });

  it.each([
    [{ type: 'custom', expression: 'x', columns: ['a'] }, /no rule for constraints of type custom/],
    [{ type: 'check' }, /no expression/],
    [{ type: 'not_null' }, /names no column/],
    [{ type: 'foreign_key', columns: ['a'], expression: 'somewhere' }, /not said in a form/],
    ['odd', /cannot be read/],
  ])('with %j is named with the reason', (constraint, reason) => {
    const { rules, notConverted } = convert(contracted({ constraints: [constraint] }));
    expect(rules).toEqual([]);
    expect(notConverted).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });

  it('that is not enforced is named, as dbt ignores it', () => {
    const columns = { id: { name: 'id', constraints: [{ type: 'not_null' }] } };
    const { rules, notConverted } = convert(model('orders', { columns }));
    expect(rules).toEqual([]);
    const reason = 'the contract is not enforced, so dbt ignores it';
    expect(notConverted).toMatchObject([{ check: 'constraint not_null', reason }]);
  });
});

describe('ids', () => {
  it('carry the package where the test is not of the project', () => {
    const foreign = test('unique', {
      column: 'id',
      more: { unique_id: 'test.other.u.1', package_name: 'other', name: 'u' },
    });
    expect(convert(model('orders'), foreign).rules.map(({ id }) => id)).toEqual(['other.u']);
  });
});
