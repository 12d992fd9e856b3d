import { describe, expect, it } from 'vitest';
import { canonicalNamespace } from './namespace.js';
import { isFileName, joinParts, splitParts } from './parts.js';

describe('the parts of a name', () => {
  it.each([
    ['orders', ['orders']],
    ['shop.public.orders', ['shop', 'public', 'orders']],
    ['"a.b"."c ""d"""', ['a.b', 'c "d"']],
    ['`proj.data.orders`', ['proj', 'data', 'orders']],
    ['`proj`.`data`.`orders`', ['proj', 'data', 'orders']],
    ['[dbo].[Order Items]', ['dbo', 'Order Items']],
    ['"unclosed', ['"unclosed']],
    ['', []],
  ])('of %s are %j', (text, parts) => {
    expect(splitParts(text)).toEqual(parts);
  });

  it('are written so that they are read back the same', () => {
    for (const parts of [['a.b', 'c "d"'], ['orders'], ['Größe', ' x ']])
      expect(splitParts(joinParts(parts))).toEqual(parts);
  });

  it('are those of a file where there is a slash or a known ending', () => {
    expect(['data/orders', 'orders.csv', 'x.parquet', 'orders.csv.gz'].every(isFileName)).toBe(true);
    expect(['orders', 'shop.orders', '"orders.csv"'].some(isFileName)).toBe(false);
  });
});

describe('a namespace', () => {
  it.each([
    ['postgresql://User:pw@DB.example.com/', 'postgres://db.example.com:5432'],
    ['postgres://db:5433', 'postgres://db:5433'],
    ['s3a://Bucket', 's3://bucket'],
    ['bigquery', 'bigquery'],
    ['food_delivery', 'food_delivery'],
  ])('has one spelling: %s is %s', (written, canonical) => {
    expect(canonicalNamespace(written)).toBe(canonical);
  });
});
