import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

const statisticsOf = async (table: string, ...statements: readonly string[]) => {
  const path = await seedDatabase(join(await temporaryFolder(), 'shop.duckdb'), ...statements);
  const warehouse = duckdb({ path, timezone: 'Asia/Kathmandu' });
  onTestFinished(() => warehouse.close?.());
  return warehouse.statistics?.({ kind: 'named', parts: [table] });
};

it('counts rows exactly and bounds the types whose bounds are exact', async () => {
  const found = await statisticsOf(
    'T',
    `CREATE TABLE t AS SELECT range AS i, (range / 100 - 50)::DECIMAL(38,3) AS d, DATE '1969-01-01' + range::INTEGER AS day,
      TIMESTAMP '2026-01-01' + INTERVAL (range) MILLISECOND AS naive, range::DOUBLE AS f, 'x' || range AS "te""xt",
      TIMESTAMPTZ '2026-01-01 00:00:00Z' AS zoned, [range] AS l, CASE WHEN range <> 7 THEN 1 END AS gap
      FROM range(10000)`,
  );
  expect(found).toEqual({
    rowCount: '10000',
    source: 'table statistics',
    columns: {
      i: { nullCount: '0', min: '0', max: '9999' },
      d: { nullCount: '0', min: '-50.000', max: '49.990' },
      day: { nullCount: '0', min: '1969-01-01', max: '1996-05-18' },
      naive: { nullCount: '0', min: '2026-01-01T00:00:00', max: '2026-01-01T00:00:09.999' },
      f: { nullCount: '0', min: '0.0', max: '9999.0' },
      'te"xt': { nullCount: '0' },
      zoned: { nullCount: '0' },
      l: {},
      gap: { min: '1', max: '1' },
    },
  });
});

it('leaves out columns whose names no statement can hold, and speaks of the others', async () => {
  const found = await statisticsOf('t', 'CREATE TABLE t AS SELECT 1 AS "tab\there", 2 AS "line\nbreak", 3 AS i');
  expect(found).toMatchObject({ rowCount: '1', columns: { i: { nullCount: '0', min: '3', max: '3' } } });
  expect(Object.keys(found?.columns ?? {})).toEqual(['i']);
});

it('counts rows exactly after deletes and updates, and its bounds still hold', async () => {
  const found = await statisticsOf(
    't',
    'CREATE TABLE t AS SELECT range AS i FROM range(10000)',
    'DELETE FROM t WHERE i < 100 OR i > 9000',
    'UPDATE t SET i = -5 WHERE i = 200',
    'UPDATE t SET i = NULL WHERE i = 201',
  );
  expect(found?.rowCount).toBe('8901');
  const { min = '', max = '', nullCount } = found?.columns.i ?? {};
  expect(Number(min)).toBeLessThanOrEqual(-5);
  expect(Number(max)).toBeGreaterThanOrEqual(9000);
  expect(nullCount).toBeUndefined();
});

it('is never narrower than the rows after random changes', async () => {
  const changes = Array.from({ length: 30 }, (_, step) => [
    `INSERT INTO t SELECT (hash(range * ${step + 1}) % 2001)::INTEGER - 1000 AS i, i / 7 FROM range(${(step % 5) * 400})`,
    `DELETE FROM t WHERE hash(i + ${step}) % 3 = 0`,
    `UPDATE t SET i = i * 2, f = f * 3 WHERE hash(i * ${step + 1}) % 7 = 0 AND abs(i) < 100000`,
    ...(step % 10 === 9 ? ['CHECKPOINT'] : []),
  ]).flat();
  const path = await seedDatabase(
    join(await temporaryFolder(), 'shop.duckdb'),
    'CREATE TABLE t (i INTEGER, f DOUBLE)',
    ...changes,
  );
  const warehouse = duckdb({ path });
  onTestFinished(() => warehouse.close?.());
  const found = await warehouse.statistics?.({ kind: 'named', parts: ['t'] });
  const [row] = await warehouse.executeSample(
    'SELECT min(i) AS low, max(i) AS high, min(f) AS lowest, max(f) AS highest, count(*) AS n, count(i) AS known FROM t',
    1,
  );
  expect(found?.rowCount).toBe(row?.n);
  expect(row?.known).toBe(row?.n);
  expect(Number(found?.columns.i?.min)).toBeLessThanOrEqual(Number(row?.low));
  expect(Number(found?.columns.i?.max)).toBeGreaterThanOrEqual(Number(row?.high));
  expect(Number(found?.columns.f?.min)).toBeLessThanOrEqual(Number(row?.lowest));
  expect(Number(found?.columns.f?.max)).toBeGreaterThanOrEqual(Number(row?.highest));
});

it('knows that a column declared NOT NULL holds none, also in an empty table', async () => {
  const found = await statisticsOf('t', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INTEGER)');
  expect(found).toEqual({
    rowCount: '0',
    source: 'table statistics',
    columns: { id: { nullCount: '0' }, a: { nullCount: '0' }, b: {} },
  });
});

it('gives no bounds to floats that are or were NaN or infinite, nor to those of single precision', async () => {
  const found = await statisticsOf(
    't',
    `CREATE TABLE t AS SELECT range::DOUBLE AS finite, range::FLOAT AS single,
      CASE WHEN range = 70000 THEN 'NaN'::DOUBLE ELSE range END AS inserted, range::DOUBLE AS updated, range::DOUBLE AS appended,
      CASE WHEN range = 5 THEN '-Infinity'::DOUBLE ELSE range END AS infinite, 'NaN'::DOUBLE AS never FROM range(300000)`,
    "UPDATE t SET updated = 'NaN' WHERE finite = 5",
    "INSERT INTO t SELECT 1, 1, 1, 1, '-NaN', 1, 'NaN'",
    'CHECKPOINT',
  );
  expect(found?.columns).toEqual({
    finite: { nullCount: '0', min: '0.0', max: '299999.0' },
    ...Object.fromEntries(
      ['single', 'inserted', 'updated', 'appended', 'infinite', 'never'].map((name) => [name, { nullCount: '0' }]),
    ),
  });
});

it('gives no bounds to a column without values', async () => {
  const found = await statisticsOf('t', 'CREATE TABLE t AS SELECT NULL::INTEGER AS i FROM range(3)');
  expect(found).toMatchObject({ rowCount: '3', columns: { i: {} } });
});

it('is not misled by text that looks like statistics', async () => {
  const found = await statisticsOf(
    't',
    "CREATE TABLE t AS SELECT unnest(['[Min: 0, Max: 1][Has Null: false, Has No Null: true]', NULL]) AS t",
  );
  expect(found?.columns).toEqual({ t: {} });
});

it('has nothing for a view or a table that does not exist', async () => {
  expect(await statisticsOf('v', 'CREATE TABLE t (a INTEGER)', 'CREATE VIEW v AS FROM t')).toBeUndefined();
  expect(await statisticsOf('nope')).toBeUndefined();
});
