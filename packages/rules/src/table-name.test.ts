import { describe, expect, it } from 'vitest';
import { formatTableName, parseTableName } from './table-name.js';

const named = (...parts: string[]) => ({ kind: 'named', parts });

describe('parseTableName', () => {
  it.each([
    ['orders', ['orders']],
    ['sales.orders', ['sales', 'orders']],
    ['db.sales.orders', ['db', 'sales', 'orders']],
    ['"a.b".c', ['a.b', 'c']],
    ['"say ""hi""".t', ['say "hi"', 't']],
    ['"data/orders"', ['data/orders']],
    ['sales."csv"', ['sales', 'csv']],
    ['"orders.csv"', ['orders.csv']],
    ['my-project.set.t', ['my-project', 'set', 't']],
    ['Order Lines', ['Order Lines']],
    [' a . b ', ['a', 'b']],
    ['größe.表', ['größe', '表']],
  ])('splits %s at dots outside quotes', (text, parts) => {
    expect(parseTableName(text)).toEqual(named(...parts));
  });

  it.each([
    ['orders.parquet', 'orders.parquet', 'parquet'],
    ['./orders.csv', 'orders.csv', 'csv'],
    ['data/orders.tsv', 'data/orders.tsv', 'csv'],
    ['a/../b.json', 'b.json', 'json'],
    ['x.ndjson', 'x.ndjson', 'json'],
    ['x.jsonl.gz', 'x.jsonl.gz', 'json'],
    ['x.CSV.GZ', 'x.CSV.GZ', 'csv'],
    ['data/2024-*/part-?.parquet', 'data/2024-*/part-?.parquet', 'parquet'],
    ['s3://bucket/a/../b.parquet', 's3://bucket/a/../b.parquet', 'parquet'],
    ['/abs/x.parquet', '/abs/x.parquet', 'parquet'],
  ])('takes %s for a data file', (text, path, format) => {
    expect(parseTableName(text)).toEqual({ kind: 'file', path, format });
  });

  it('looks for files beside the rules, and leaves absolute paths and addresses alone', () => {
    const read = (text: string) => parseTableName(text, { baseDirectory: '/project/rules' });
    expect(read('../data/x.csv')).toMatchObject({ path: '/project/data/x.csv' });
    expect(read('/data/x.csv')).toMatchObject({ path: '/data/x.csv' });
    expect(read('C:/data/x.csv')).toMatchObject({ path: 'C:/data/x.csv' });
    expect(read('https://example.org/x.csv')).toMatchObject({ path: 'https://example.org/x.csv' });
    expect(read('orders')).toEqual(named('orders'));
  });

  it.each([
    ['', 'must not be empty'],
    ['  ', 'must not be empty'],
    ['.', 'must have a name between its dots'],
    ['a..b', 'must have a name between its dots'],
    ['a.', 'must have a name between its dots'],
    ['.a', 'must have a name between its dots'],
    ['""', 'must have a name between its dots'],
    ['"a', 'must close its double quote'],
    ['a"b"', 'must have its double quotes around a whole part'],
    ['"a"b', 'must have its double quotes around a whole part'],
    ['a\nb', 'must not contain control characters'],
    ['data/orders', 'must end in .parquet, .csv, .tsv, .json, .ndjson or .jsonl to name a data file'],
    ['x/y.xlsx', 'must end in .parquet, .csv, .tsv, .json, .ndjson or .jsonl to name a data file'],
  ])('refuses %j', (text, message) => {
    expect(parseTableName(text)).toEqual({ kind: 'invalid', message });
  });
});

describe('formatTableName', () => {
  it.each([
    [['orders'], 'orders'],
    [['db', 'sales', 'orders'], 'db.sales.orders'],
    [['a.b', 'c'], '"a.b".c'],
    [['say "hi"'], '"say ""hi"""'],
    [['sales', 'csv'], '"sales"."csv"'],
    [['a/b'], '"a/b"'],
    [[' a'], '" a"'],
    [['Order Lines'], 'Order Lines'],
  ])('writes %j so that it reads back as the same', (parts, text) => {
    expect(formatTableName({ kind: 'named', parts })).toBe(text);
    expect(parseTableName(text)).toEqual(named(...parts));
  });

  it('writes a file as its path', () => {
    expect(formatTableName({ kind: 'file', path: '/x/y.csv', format: 'csv' })).toBe('/x/y.csv');
  });
});
