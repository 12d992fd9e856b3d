import type { Warehouse } from '@aegis/spec';
import { postgresDialect } from '@aegis/sql';
import { postgres } from '@aegis/warehouse-postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseWith } from '../warehouses/postgres.js';
import { comparable, expectSameProfile, inDuckdb, profiledTables, profileIn, statementsFor } from './profile-in.js';

const types = {
  ...{ integer: 'bigint', decimal: 'numeric(18, 2)', float: 'double precision', text: 'text', boolean: 'boolean' },
  ...{ date: 'date', timestamp: 'timestamp', timestamptz: 'timestamptz' },
};
const tables = profiledTables(`we"ird n'ame 漢`);

const inPostgres = async (...statements: readonly string[]): Promise<Warehouse> => {
  const { url } = await databaseWith(...statements);
  const warehouse = postgres({ url });
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

const both = async (...statements: readonly string[]) => ({
  duck: await inDuckdb(...statements),
  post: await inPostgres(...statements),
});

describe('the profile of a source on PostgreSQL', () => {
  it.each(tables)(
    'is what DuckDB finds of the same $name',
    async (table) => {
      await expectSameProfile(table, await inPostgres(...statementsFor(table, types, postgresDialect)));
    },
    60_000,
  );

  it('tells later rows apart, and those without an end from neither', async () => {
    const rows = (values: string) => `INSERT INTO subscriptions VALUES ${values}`;
    const { duck, post } = await both(
      'CREATE TABLE subscriptions (id integer, until timestamp)',
      rows("(1, '2026-01-10 10:00:00'), (2, '2026-01-11 10:00:00'), (3, '2026-01-12 10:00:00.000001')"),
      rows("(4, 'infinity'), (5, '-infinity'), (6, '9999-12-31 00:00:00'), (7, NULL)"),
    );
    for (const warehouse of [duck, post]) {
      const { profile, kept } = await profileIn(warehouse, 'subscriptions');
      expect(profile.time).toEqual({ column: 'until', until: '2026-01-12 10:00:00.000001' });
      expect(kept.find(({ dimension }) => dimension === null)?.sums[1]).toMatchObject({ count: 4, known: 6 });
      const before = { ...profile, groups: kept, time: { column: 'until', until: '2026-01-11 10:00:00' } };
      const later = await profileIn(warehouse, 'subscriptions', before);
      const rowsOf = (groups: typeof kept) => groups.find(({ dimension }) => dimension === null)?.rows;
      expect([rowsOf(later.kept), rowsOf(later.fresh)]).toEqual([6, 1]);
    }
  });

  it('holds what only PostgreSQL has: any digits, enums, padded and case-blind text', async () => {
    const post = await inPostgres(
      "CREATE TYPE mood AS ENUM ('sad', 'ok')",
      "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
      'CREATE TABLE odd (n numeric, m mood, code character(5), tag text COLLATE blind)',
      "INSERT INTO odd VALUES ('NaN', 'sad', 'ab', 'a'), ('Infinity', 'ok', 'ab', 'A'), (1e400, 'ok', 'c', NULL), (1e-400, NULL, NULL, 'a'), (2.5, 'ok', 'ab', 'a')",
    );
    const { kept } = await profileIn(post, 'odd');
    expect(kept.find(({ dimension }) => dimension === null)?.sums[0]).toEqual({
      ...{ count: 2, sum: 2.5, squares: 6.25, known: 5 },
    });
    const counts = Object.fromEntries(kept.map(({ dimension, value, rows }) => [`${dimension} ${value}`, rows]));
    expect(counts).toMatchObject({ 'm ok': 3, 'm sad': 1, 'code ab': 3, 'code c': 1, 'tag a': 3, 'tag A': 1 });
  });

  it('leaves out columns of types that have no figures, and there is none of a table of such columns', async () => {
    const columns = 'u uuid, b bytea, j jsonb, a integer[], i interval, t time, x xml';
    const post = await inPostgres(
      `CREATE TABLE others (${columns}, id integer)`,
      `CREATE TABLE only_others (${columns})`,
      'INSERT INTO others (id) VALUES (1)',
    );
    const { profile } = await profileIn(post, 'others');
    expect(profile.measures).toEqual([{ column: 'id', kind: 'number' }]);
    await expect(profileIn(post, 'only_others')).rejects.toThrow('nothing of only_others can be profiled');
  });

  it('remembers columns that have too many values to part rows by, and leaves them out from then on', async () => {
    const post = await inPostgres(
      "CREATE TABLE texts AS SELECT i AS id, 'comment ' || i AS comment, 'tag ' || i % 3 AS tag FROM generate_series(1, 60) AS i",
    );
    const { profile, kept } = await profileIn(post, 'texts');
    expect(profile.wide).toEqual(['comment']);
    const again = await profileIn(post, 'texts', { ...profile, groups: kept });
    expect(again.profile.wide).toEqual(['comment']);
    expect(comparable(again).kept).toEqual(comparable({ profile, kept, fresh: [] }).kept);
  });
});
