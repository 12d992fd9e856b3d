import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { convertManifest } from '../convert/convert-manifest.js';
import { manifestText, model, test } from '../testing/small-manifest.js';
import { readManifest } from './read-manifest.js';

const refusal = (text: string): ConfigError => {
  try {
    readManifest(text, 'manifest.json');
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was read');
};

const artifact = (kind: string) =>
  JSON.stringify({ metadata: { dbt_schema_version: `https://schemas.getdbt.com/dbt/${kind}/v1.json` }, nodes: {} });

describe('a file that is no manifest', () => {
  it.each([
    ['', 'manifest.json is empty'],
    ['{"nodes": {', 'manifest.json is no dbt manifest: it is not JSON'],
    ['PK\u0003\u0004\0\0', 'manifest.json is no dbt manifest: it is not JSON'],
    ['[]', 'manifest.json is no dbt manifest: it has no nodes'],
    ['null', 'manifest.json is no dbt manifest: it has no nodes'],
    ['{"nodes": []}', 'manifest.json is no dbt manifest: it has no nodes'],
    ['{"name": "shop"}', 'manifest.json is no dbt manifest: it has no nodes'],
    [artifact('catalog'), 'manifest.json is a catalog of dbt, not its manifest'],
    [artifact('run-results'), 'manifest.json is the results of a run of dbt, not its manifest'],
    [artifact('sources'), 'manifest.json is the freshness of sources of dbt, not its manifest'],
  ])('%j is refused in words', (text, message) => {
    expect(refusal(text)).toMatchObject({
      code: 'config/invalid',
      message,
      hint: 'Name target/manifest.json of a dbt project; `dbt compile` writes it.',
    });
  });
});

const version = (number: number) => ({
  metadata: { dbt_schema_version: `https://schemas.getdbt.com/dbt/manifest/v${number}.json`, project_name: 'shop' },
});

describe('any version of a manifest', () => {
  it('is read by its structure, a later one with a note', () => {
    const nodes = [model('orders'), test('unique', { column: 'id' })];
    for (const number of [1, 4, 12, 20]) {
      const { notes, rules } = convertManifest(readManifest(manifestText(nodes, version(number)), 'm'));
      expect({ notes, rules: rules.length }).toEqual({ notes: [], rules: 1 });
    }
    const later = convertManifest(readManifest(manifestText(nodes, version(31)), 'm'));
    expect(later.rules).toHaveLength(1);
    expect(later.notes).toEqual([expect.stringMatching(/is of version 31, later than any known here/)]);
  });

  it('may be of dbt Fusion: fields of its own, null where others have a mapping, words in other cases', () => {
    const fusion = {
      meta: null,
      tags: null,
      columns: null,
      description: null,
      unrendered_config: null,
      __loc__: [1, 2],
    };
    const config = {
      severity: 'Warn',
      meta: null,
      tags: null,
      limit: '5',
      fail_calc: null,
      warn_if: null,
      enabled: true,
    };
    const nodes = [
      model('orders', {
        ...fusion,
        resource_type: 'Model',
        config: { materialized: 'table', meta: null, enabled: true },
      }),
      test('not_null', { column: 'id', config, more: { ...fusion, resource_type: 'Test' } }),
    ];
    const { rules, notConverted } = convertManifest(
      readManifest(manifestText(nodes, { ...version(20), groups: null, disabled: null, unit_tests: null }), 'm'),
    );
    expect(notConverted).toEqual([]);
    expect(rules).toMatchObject([
      { limit: 5, document: { metadata: { severity: 'low' }, logic: { type: 'not_null', warn_if: 'rows > 0' } } },
    ]);
  });

  it('starts with a byte order mark and is read all the same', () => {
    expect(readManifest(`\uFEFF${manifestText([model('orders')])}`, 'm').relations.size).toBe(1);
  });

  it('may go round in circles', () => {
    const nodes = [
      model('orders', { depends_on: { nodes: ['model.shop.customers'] }, config: { materialized: 'view' } }),
      model('customers', { depends_on: { nodes: ['model.shop.orders'] } }),
      test('unique', { column: 'id' }),
    ];
    const circle = { 'model.shop.orders': ['model.shop.customers'], 'model.shop.customers': ['model.shop.orders'] };
    const { rules } = convertManifest(
      readManifest(manifestText(nodes, { parent_map: circle, child_map: circle }), 'm'),
    );
    expect(rules).toHaveLength(1);
  });
});

describe('a manifest of 50 MB', () => {
  it('is converted within seconds and a small multiple of its size', () => {
    const filler = 'select 1 as a_column_with_a_long_name -- and a comment\n'.repeat(50);
    const nodes = Array.from({ length: 4000 }, (_, index) => [
      model(`m${index}`, { raw_code: filler, compiled_code: filler, columns: { id: { name: 'id', meta: {} } } }),
      test('not_null', {
        name: `not_null_m${index}_id`,
        column: 'id',
        kwargs: { model: `{{ get_where_subquery(ref('m${index}')) }}` },
        reads: [`model.shop.m${index}`],
        more: { compiled_code: filler, raw_code: filler },
      }),
    ]).flat();
    const text = manifestText(nodes);
    expect(text.length).toBeGreaterThan(45_000_000);
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    const { rules } = convertManifest(readManifest(text, 'm'));
    expect(rules).toHaveLength(4000);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(400 * 1024 * 1024);
  });
});
