import { readRules } from '@aegis/rules';
import { countChecks } from '@aegis/rules/conversion';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../manifest/read-manifest.js';
import { fixtureNames, fixtureText, noFixtures } from '../testing/fixtures.js';
import { manifestText, model, source, test } from '../testing/small-manifest.js';
import { renderRules } from '../yaml/dbt-rules.js';
import { convertManifest } from './convert-manifest.js';

type Nodes = Parameters<typeof manifestText>[0];

const convert = (nodes: Nodes, more: object = {}) =>
  convertManifest(readManifest(manifestText(nodes, { ...more }), 'manifest.json'));

/** The only rule of a manifest with the model `orders` and what is given. */
const ruleOf = (...nodes: Nodes) => {
  const { rules, notConverted } = convert([model('orders'), model('customers'), ...nodes]);
  expect(notConverted).toEqual([]);
  expect(rules).toHaveLength(1);
  const [rule] = rules;
  if (!rule) throw new Error('no rule');
  return rule;
};

const compiled = { more: { compiled_code: 'select * from "shop"."main"."orders" where 1 = 0;\n' } };

describe('the tests of dbt itself', () => {
  it('become rules on the table that they test', () => {
    expect(ruleOf(test('not_null', { column: 'id' })).document).toEqual({
      apiVersion: 'aegis.dev/v1',
      kind: 'DataQualityRule',
      metadata: {
        id: 'not_null_orders_id',
        severity: 'high',
        description: 'dbt test not_null on orders.id.',
        tags: ['dbt'],
      },
      scope: { table: 'shop.main.orders' },
      logic: { type: 'not_null', column: 'id' },
    });
    expect(ruleOf(test('unique', { column: 'id' }))).toMatchObject({
      unit: 'keys',
      document: { logic: { type: 'unique', column: 'id' } },
    });
    expect(ruleOf(test('accepted_values', { column: 'status', kwargs: { values: ['new', 'sent'] } }))).toMatchObject({
      unit: 'values',
      document: { logic: { type: 'accepted_values', values: ['new', 'sent'] } },
    });
  });

  it('compare relationships on the child, whichever comes first among what they read', () => {
    for (const reads of [
      ['model.shop.orders', 'model.shop.customers'],
      ['model.shop.customers', 'model.shop.orders'],
    ]) {
      const kwargs = { to: "ref('customers')", field: 'id' };
      expect(ruleOf(test('relationships', { column: 'customer_id', kwargs, reads })).document).toMatchObject({
        scope: { table: 'shop.main.orders' },
        logic: {
          type: 'foreign_key',
          column: 'customer_id',
          reference_table: 'shop.main.customers',
          reference_column: 'id',
        },
      });
    }
  });

  it('find sources by their identifier, and versions by what is meant', () => {
    const orders = source('orders', { identifier: 'Orders 2024', relation_name: '"shop"."raw"."Orders 2024"' });
    const onSource = test('not_null', {
      column: 'id',
      kwargs: { model: "{{ get_where_subquery(source('raw', 'orders')) }}" },
      reads: [orders.unique_id],
    });
    expect(convert([orders, onSource]).rules[0]?.document.scope.table).toBe('shop.raw.Orders 2024');
    const version = (number: number) =>
      model('orders', {
        unique_id: `model.shop.orders.v${number}`,
        version: number,
        latest_version: 2,
        relation_name: `"shop"."main"."orders_v${number}"`,
      });
    const onVersion = (name: string, ref: string) =>
      test('not_null', {
        name,
        column: 'id',
        kwargs: { model: `{{ get_where_subquery(${ref}) }}` },
        reads: ['model.shop.orders.v1', 'model.shop.orders.v2'],
      });
    const { rules } = convert([
      ...[version(1), version(2)],
      ...[onVersion('a', "ref('orders', v=1)"), onVersion('b', "ref('shop', 'orders', version='2')")],
      onVersion('c', "ref('orders')"),
    ]);
    expect(rules.map(({ id, document }) => [id, document.scope.table])).toEqual([
      ['a', 'shop.main.orders_v1'],
      ['b', 'shop.main.orders_v2'],
      ['c', 'shop.main.orders_v2'],
    ]);
  });

  it('take a name in the quotes of any engine, or its parts', () => {
    const tableOf = (parts: object) => ruleOfModel(model('orders', { ...parts }));
    const ruleOfModel = (orders: ReturnType<typeof model>) =>
      convert([orders, test('not_null', { column: 'id' })]).rules[0]?.document.scope.table;
    expect(tableOf({ relation_name: '`my-project`.`shop`.`orders`' })).toBe('my-project.shop.orders');
    expect(tableOf({ relation_name: '`my-project.shop.orders`' })).toBe('my-project.shop.orders');
    expect(tableOf({ relation_name: '[db].[dbo].[orders]' })).toBe('db.dbo.orders');
    expect(tableOf({ relation_name: 'DEV.public.orders' })).toBe('DEV.public.orders');
    expect(tableOf({ relation_name: '"a.b"."c""d"' })).toBe('"a.b"."c""d"');
    expect(tableOf({ relation_name: null, alias: 'orders_final', schema: 'mart' })).toBe('shop.mart.orders_final');
    expect(tableOf({ relation_name: null, database: null })).toBe('main.orders');
  });
});

describe('the configuration of a test', () => {
  const notNull = (config: object, more: object = {}) =>
    ruleOf(test('not_null', { column: 'id', config: { ...config }, ...more }));

  it('becomes scope, severity, tags and owner', () => {
    const { document } = notNull(
      { where: "status = 'sent'", severity: 'warn', tags: ['nightly'], meta: { owner: 'ann' } },
      { more: { tags: 'finance', description: 'Every order has an id.' } },
    );
    expect(document.scope.where).toBe("status = 'sent'");
    expect(document.metadata).toMatchObject({ severity: 'low', owner: 'ann', tags: ['dbt', 'finance', 'nightly'] });
    expect(document.metadata.description).toBe('Every order has an id.');
    expect(document.logic).toEqual({ type: 'not_null', column: 'id', warn_if: 'rows > 0' });
  });

  it('finds the owner of the column, the table or the group', () => {
    const ownerFrom = (parts: object, more: object = {}) =>
      convert([model('orders', { ...parts }), test('not_null', { column: 'id' })], more).rules[0]?.document.metadata
        .owner;
    expect(ownerFrom({ columns: { id: { name: 'id', meta: { owner: 'col' } } }, meta: { owner: 'table' } })).toBe(
      'col',
    );
    expect(ownerFrom({ meta: null, config: { meta: { owner: ['a', 'b'] } } })).toBe('a, b');
    const groups = { 'group.shop.fin': { name: 'fin', owner: { name: null, email: 'fin@shop.example' } } };
    expect(ownerFrom({ group: 'fin' }, { groups })).toBe('fin@shop.example');
    expect(ownerFrom({})).toBeUndefined();
  });

  it.each([
    [
      { error_if: '> 10', warn_if: '>= 3' },
      { fail_if: 'rows > 10', warn_if: 'rows >= 3' },
    ],
    [{ error_if: '>5' }, { fail_if: 'rows > 5', warn_if: 'rows > 0' }],
    [{ error_if: '!= 0', warn_if: '> 100' }, {}],
    [{ severity: 'Warn', warn_if: '> 2' }, { warn_if: 'rows > 2' }],
    [{ error_if: '> 10', limit: 5 }, { warn_if: 'rows > 0' }],
    [{ error_if: '<> 0', warn_if: '<> 0', limit: 500 }, {}],
    [{ severity: null, warn_if: null, error_if: null, fail_calc: null }, {}],
  ])('%j becomes %j', (config, thresholds) => {
    expect(notNull(config).document.logic).toEqual({ type: 'not_null', column: 'id', ...thresholds });
  });

  it('counts keys and values where dbt does', () => {
    const config = { error_if: '> 10' };
    expect(ruleOf(test('unique', { column: 'id', config })).document.logic).toMatchObject({ fail_if: 'keys > 10' });
    const accepted = test('accepted_values', { column: 'id', config, kwargs: { values: ['a'] } });
    expect(ruleOf(accepted).document.logic).toMatchObject({ fail_if: 'values > 10', warn_if: 'values > 0' });
  });

  it.each([
    ['a threshold without words', { error_if: '= 3' }],
    ['a limit below the threshold of a warning', { severity: 'warn', warn_if: '> 10', limit: 10 }],
    ['a fail_calc', { fail_calc: 'max(n)' }],
    ['a condition that dbt fills in', { where: "day > '{{ var('day') }}'" }],
    ['a condition that reads more', { where: 'id in (select id from x)' }],
  ])('leaves %s to the query that dbt compiled', (_what, config) => {
    const { document, asQuery } = notNull(config, compiled);
    expect(asQuery).toBeDefined();
    expect(document.logic.type).toBe('custom_sql');
    expect(document.scope).toEqual({ table: 'shop.main.orders' });
    const { rules, notConverted } = convert([model('orders'), test('not_null', { column: 'id', config })]);
    expect(rules).toEqual([]);
    expect(notConverted).toMatchObject([{ hint: 'Run `dbt compile` and try again.' }]);
  });

  it('judges what dbt calculates of the rows', () => {
    const sql = 'select * from "shop"."main"."orders" where 1 = 0';
    const failures = `select max(n) as failures from (${sql}) as tested`;
    const of = (judged: string) => `select failures from (${failures}) as counted where failures ${judged}`;
    const logic = (config: object) => notNull({ fail_calc: 'max(n)', ...config }, compiled).document.logic;
    expect(logic({})).toEqual({ type: 'custom_sql', query: of('!= 0') });
    expect(logic({ severity: 'warn', warn_if: '= 3' })).toEqual({
      type: 'custom_sql',
      query: of('= 3'),
      warn_if: 'rows > 0',
    });
    const ends = { more: { compiled_code: 'select 1 -- one' } };
    expect(notNull({ fail_calc: 'max(n)' }, ends).document.logic.query).toContain('(select 1 -- one\n) as tested');
    expect(logic({ error_if: '> 9' })).toEqual({
      type: 'custom_sql',
      query: [of('!= 0'), of('> 9'), of('> 9')].join(' union all '),
      fail_if: 'rows > 1',
      warn_if: 'rows > 0',
    });
    expect(notNull({ error_if: '= 5', warn_if: '= 5', limit: 7 }, compiled).document.logic.query).toContain(
      `select count(*) as failures from (select * from (${sql}) as found limit 7) as tested`,
    );
  });
});

describe('what is not converted', () => {
  const refusal = (nodes: Nodes, more: object = {}) => convert(nodes, more).notConverted;

  it.each([
    ['disabled tests', [model('orders'), test('unique', { config: { enabled: false } })], /it is disabled/],
    ['tests on what is not there', [test('unique', { column: 'id' })], /model\.shop\.orders is not in the manifest/],
    [
      'ephemeral models',
      [model('orders', { config: { materialized: 'ephemeral' } }), test('unique', { column: 'id' })],
      /orders is ephemeral/,
    ],
    [
      'references to nothing',
      [model('orders'), test('relationships', { column: 'c', kwargs: { to: "ref('gone')", field: 'id' } })],
      /ref\('gone'\) is not among what it depends on/,
    ],
    [
      'files that dbt reads by a function',
      [model('orders', { relation_name: "read_csv('orders.csv')" }), test('unique', { column: 'id' })],
      /orders is no table: dbt reads it as read_csv/,
    ],
    ['tests that test nothing', [test('unique', { kwargs: { model: null }, reads: [] })], /not said in the manifest/],
  ])('names %s with the reason', (_what, nodes, reason) => {
    expect(refusal(nodes)).toMatchObject([
      { source: expect.stringContaining('test.shop.'), reason: expect.stringMatching(reason) },
    ]);
  });

  it('lists disabled tests in both forms, unit tests, and nodes that are none', () => {
    const one = test('unique', { column: 'id' });
    const inLists = { disabled: { [one.unique_id]: [one], 'model.shop.old': [model('old')] } };
    expect(refusal([], inLists)).toMatchObject([{ source: one.unique_id, check: 'unique', reason: 'it is disabled' }]);
    expect(refusal([], { disabled: [one] })).toMatchObject([{ source: one.unique_id }]);
    expect(refusal([], { unit_tests: { 'unit_test.shop.orders.x': {} } })).toMatchObject([{ check: 'unit test' }]);
    expect(refusal([], { nodes: { 'test.shop.odd': 7 } })).toMatchObject([
      { source: 'test.shop.odd', check: 'unreadable' },
    ]);
    const disabledModel = refusal([one], { disabled: { 'model.shop.orders': [model('orders')] } });
    expect(disabledModel).toMatchObject([{ reason: 'model.shop.orders is disabled' }]);
  });
});

describe('manifests of other projects', () => {
  it.skipIf(fixtureNames.length === 0)(`lose no check (${noFixtures})`, () => {
    for (const name of fixtureNames) {
      const raw = JSON.parse(fixtureText(name)) as { nodes: object; unit_tests?: object };
      const conversion = convertManifest(readManifest(JSON.stringify(raw), name));
      const tests = Object.keys(raw.nodes).filter((id) => id.startsWith('test.'));
      const found = [...conversion.rules, ...conversion.notConverted].map(({ source: id }) => id);
      expect(found.toSorted()).toEqual([...tests, ...Object.keys(raw.unit_tests ?? {})].toSorted());
      const counts = countChecks(conversion);
      expect(counts.reduce((sum, { converted }) => sum + converted, 0)).toBe(conversion.rules.length);
      expect(counts.reduce((sum, each) => sum + each.notConverted, 0)).toBe(conversion.notConverted.length);
      expect(new Set(conversion.rules.map(({ id }) => id)).size).toBe(conversion.rules.length);
      const { rules, problems } = readRules([{ file: 'dbt.yaml', text: renderRules(conversion.rules) }]);
      expect(problems).toEqual([]);
      expect(rules).toHaveLength(conversion.rules.length);
    }
  });

  it.skipIf(fixtureNames.length === 0).each([
    ['v1-bigquery-jaffle.manifest.json', 21, 0],
    ['v4-snowflake-jaffle.manifest.json', 20, 0],
    ['v7-postgres-jaffle.manifest.json', 20, 0],
    ['v10-postgres-versioned-models.manifest.json', 24, 0],
    ['v12-duckdb-101-tests.manifest.json', 96, 5],
    ['v12-duckdb-dbt1.12.manifest.json', 27, 3],
  ])(`%s gives %i rules (${noFixtures})`, (name, rules, left) => {
    const conversion = convertManifest(readManifest(fixtureText(name), name));
    expect([conversion.rules.length, conversion.notConverted.length]).toEqual([rules, left]);
  });
});
