import { join, resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { absolute, resolveOptions } from './duckdb-options.js';

it('opens read-only in UTC unless told otherwise', () => {
  expect(resolveOptions({})).toEqual({ access: 'read_only', files: [], timezone: 'UTC' });
  expect(resolveOptions(undefined)).toEqual(resolveOptions({}));
});

it.each([
  [{ pth: 'a.duckdb' }, /pth/],
  [{ threads: 0 }, /option threads/],
  [{ memoryLimit: 'lots' }, /option memoryLimit: Write a size such as 4GB/],
  [{ access: 'write' }, /option access/],
  [{ path: 3 }, /option path/],
  ['a.duckdb', /duckdb warehouse/],
])('refuses %j', (options, message) => {
  expect(() => resolveOptions(options)).toThrow(ConfigError);
  expect(() => resolveOptions(options)).toThrow(message);
});

it('starts relative paths from the given folder and keeps folders folders', () => {
  const base = resolve('project');
  const options = resolveOptions({ path: 'db/shop.duckdb', tempDirectory: 'tmp', files: ['data/', 'x/*.csv'] });
  expect(absolute(options, base)).toMatchObject({
    path: join(base, 'db/shop.duckdb'),
    tempDirectory: join(base, 'tmp'),
    files: [`${join(base, 'data')}/`, join(base, 'x/*.csv')],
  });
});

it('takes :memory: for no database file', () => {
  expect(absolute(resolveOptions({ path: ':memory:' }), '/').path).toBeUndefined();
});
