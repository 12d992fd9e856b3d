import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableStatistics, Warehouse } from '@aegis/spec';
import { expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

interface Written {
  readonly folder: string;
  statistics(path: string): Promise<TableStatistics | undefined>;
}

const written = async (...copies: readonly ((folder: string) => string)[]): Promise<Written> => {
  const folder = await temporaryFolder();
  await seedDatabase(join(folder, 'seed.duckdb'), ...copies.map((copy) => copy(folder)));
  const warehouse: Warehouse = duckdb({ files: [`${folder}/`], timezone: 'Asia/Kathmandu' });
  onTestFinished(() => warehouse.close?.());
  const statistics = async (path: string) =>
    warehouse.statistics?.({ kind: 'file', path: join(folder, path), format: 'parquet' });
  return { folder, statistics };
};

const copy =
  (select: string, file: string, options = '') =>
  (folder: string) =>
    `COPY (${select}) TO '${folder}/${file}' (FORMAT parquet${options})`;

it('adds up row groups of every type whose bounds are exact', async () => {
  const select = `SELECT
    CASE WHEN range % 10 <> 0 THEN range - 5000 END AS i, (range * 1000)::UBIGINT AS u,
    (range / 100 - 50)::DECIMAL(38,3) AS d, (range / 100 - 50)::DECIMAL(4,2) AS small,
    DATE '1969-01-01' + range::INTEGER AS day,
    TIMESTAMP '2026-01-01' + INTERVAL (range) MILLISECOND AS naive,
    TIMESTAMPTZ '2026-01-01 00:00:00Z' + INTERVAL (range) SECOND AS zoned
    FROM range(10000)`;
  const { statistics } = await written(copy(select, 't.parquet', ', ROW_GROUP_SIZE 2048'));
  expect(await statistics('t.parquet')).toEqual({
    rowCount: '10000',
    source: 'parquet footer',
    columns: {
      i: { nullCount: '1000', min: '-4999', max: '4999' },
      u: { nullCount: '0', min: '0', max: '9999000' },
      d: { nullCount: '0', min: '-50.000', max: '49.990' },
      small: { nullCount: '0', min: '-50.00', max: '49.99' },
      day: { nullCount: '0', min: '1969-01-01', max: '1996-05-18' },
      naive: { nullCount: '0', min: '2026-01-01T00:00:00', max: '2026-01-01T00:00:09.999' },
      zoned: { nullCount: '0', min: '2026-01-01T00:00:00Z', max: '2026-01-01T02:46:39Z' },
    },
  });
});

it('compares numbers as numbers: 9 is below 10, and −10 below −9', async () => {
  const { statistics } = await written(
    copy('SELECT unnest([9, 10, -9, -10]) AS i, unnest([0.5, 10.25, -0.05, -9.99])::DECIMAL(10,2) AS d', 't.parquet'),
    copy('SELECT 100 AS i, 9.99::DECIMAL(10,2) AS d', 'u.parquet'),
  );
  expect((await statistics('*.parquet'))?.columns).toEqual({
    i: { nullCount: '0', min: '-10', max: '100' },
    d: { nullCount: '0', min: '-9.99', max: '10.25' },
  });
});

it('gives no bounds where NaN may hide, where text may be cut, or for nested columns', async () => {
  const { statistics } = await written(
    copy(
      "SELECT 1.5::DOUBLE AS f, 'x' AS t, true AS b, [1] AS l, {'i': 1} AS s, MAP {'k': 1} AS m, 7 AS after, 8 AS \"a, b\"",
      't.parquet',
    ),
  );
  expect((await statistics('t.parquet'))?.columns).toEqual({
    f: { nullCount: '0' },
    t: { nullCount: '0' },
    b: { nullCount: '0' },
    after: { nullCount: '0', min: '7', max: '7' },
    'a, b': { nullCount: '0', min: '8', max: '8' },
  });
});

it('gives no bounds where a row group has values without statistics, and ignores groups without values', async () => {
  const { statistics } = await written(
    copy('SELECT NULL::INTEGER AS i UNION ALL SELECT 3 ORDER BY 1', 'nulls.parquet'),
    copy('SELECT NULL::INTEGER AS i FROM range(5)', 'all-null.parquet'),
    copy('SELECT 170141183460469231731687303715884105727::HUGEINT AS h', 'huge.parquet'),
  );
  expect((await statistics('nulls.parquet'))?.columns).toEqual({ i: { nullCount: '1', min: '3', max: '3' } });
  expect((await statistics('*null*.parquet'))?.columns).toEqual({ i: { nullCount: '6', min: '3', max: '3' } });
  expect((await statistics('all-null.parquet'))?.columns).toEqual({ i: { nullCount: '5' } });
  expect((await statistics('huge.parquet'))?.columns).toEqual({ h: { nullCount: '0' } });
});

it('gives no temporal bounds outside the years that sort as text', async () => {
  const { statistics } = await written(
    copy("SELECT unnest(['infinity', '2026-01-01'])::DATE AS d, '0044-03-15 (BC)'::TIMESTAMP AS t", 't.parquet'),
  );
  expect((await statistics('t.parquet'))?.columns).toEqual({ d: { nullCount: '0' }, t: { nullCount: '0' } });
});

it('counts the rows of files that disagree about their columns, and no more', async () => {
  const { statistics } = await written(copy('SELECT 1 AS a', '1.parquet'), copy('SELECT 2::BIGINT AS a', '2.parquet'));
  expect(await statistics('*.parquet')).toEqual({ rowCount: '2', columns: {}, source: 'parquet footer' });
});

it('says nothing about a column whose values come from folder names', async () => {
  const { statistics } = await written(
    (folder) =>
      `COPY (SELECT 1 AS year, 5 AS a) TO '${folder}/parts' (FORMAT parquet, PARTITION_BY (year), WRITE_PARTITION_COLUMNS)`,
  );
  expect((await statistics('parts/year=1/*.parquet'))?.columns).toEqual({
    year: {},
    a: { nullCount: '0', min: '5', max: '5' },
  });
});

it('knows an empty file', async () => {
  const { statistics } = await written(copy('SELECT 1 AS a WHERE false', 't.parquet'));
  expect(await statistics('t.parquet')).toMatchObject({ rowCount: '0' });
});

it('has nothing for other formats', async () => {
  const { folder } = await written();
  const warehouse = duckdb({ files: [`${folder}/`] });
  onTestFinished(() => warehouse.close?.());
  expect(await warehouse.statistics?.({ kind: 'file', path: join(folder, 't.csv'), format: 'csv' })).toBeUndefined();
});

it('leaves a footer that cannot be read to the scan', async () => {
  const { folder, statistics } = await written();
  await writeFile(join(folder, 'broken.parquet'), 'garbage garbage garbage');
  expect(await statistics('broken.parquet')).toBeUndefined();
});
