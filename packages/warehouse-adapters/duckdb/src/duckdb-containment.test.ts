import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warehouse } from '@aegis/spec';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

/** A database with a view over a file out of scope, and two data files of which one is in scope. */
const contained = async (kind: 'database' | 'files only') => {
  const folder = await temporaryFolder();
  const [inside, outside] = [join(folder, 'inside.parquet'), join(folder, 'outside.parquet')];
  const path = await seedDatabase(
    join(folder, 'shop.duckdb'),
    'CREATE TABLE t AS SELECT 1 AS a',
    `COPY t TO '${inside}'`,
    `COPY t TO '${outside}'`,
    `CREATE VIEW peek AS SELECT * FROM '${outside}'`,
  );
  await writeFile(join(folder, 'secret.csv'), 'password\nhunter2\n');
  const warehouse = duckdb({ ...(kind === 'database' && { path }), files: [inside] });
  onTestFinished(() => warehouse.close?.());
  return { folder, inside, outside, warehouse };
};

const refused = async (warehouse: Warehouse, ...statements: readonly string[]) => {
  for (const sql of statements) {
    await expect(warehouse.executeSample(sql, 10), sql).rejects.toMatchObject({ code: 'warehouse/authorization' });
  }
};

describe.each(['database', 'files only'] as const)('a read-only warehouse over %s', (kind) => {
  it('reads the files in scope', async () => {
    const { inside, warehouse } = await contained(kind);
    expect(await warehouse.executeScalar(`SELECT a FROM '${inside}'`)).toBe(1);
  });

  it('refuses every other file, however it is named', async () => {
    const { folder, outside, warehouse } = await contained(kind);
    await refused(
      warehouse,
      `SELECT * FROM '${outside}'`,
      `SELECT * FROM read_parquet('${outside}')`,
      `SELECT * FROM read_csv('${folder}/secret.csv')`,
      `SELECT * FROM read_text('${folder}/secret.csv')`,
      `SELECT * FROM read_blob('${folder}/*')`,
      `SELECT * FROM glob('${folder}/*')`,
      `SELECT * FROM '${folder}/*.parquet'`,
      `SELECT * FROM read_text('${folder}/../../etc/passwd')`,
      `SELECT * FROM query('SELECT * FROM read_csv(''${folder}/secret.csv'')')`,
      `SELECT * FROM 'https://example.invalid/x.parquet'`,
    );
  });

  it('refuses to write, attach, install and reconfigure', async () => {
    const { folder, inside, warehouse } = await contained(kind);
    await refused(
      warehouse,
      `COPY (SELECT 1) TO '${folder}/new.csv'`,
      `ATTACH '${folder}/shop.duckdb' AS other`,
      "ATTACH ':memory:' AS other",
      'INSTALL httpfs',
      "LOAD 'httpfs'",
      'SET enable_external_access = true',
      "SET allowed_paths = ['/etc/passwd']",
      'RESET lock_configuration',
      'CREATE TEMP TABLE x AS SELECT 1',
      `EXPORT DATABASE '${folder}/export'`,
      'CALL pragma_version()',
      'CHECKPOINT',
      'BEGIN',
      `EXPLAIN ANALYZE SELECT * FROM '${inside}'`,
    );
  });

  it('cannot be made to overwrite a file that it may read', async () => {
    const { inside, warehouse } = await contained(kind);
    const before = await readFile(inside);
    await refused(
      warehouse,
      `COPY (SELECT 2 AS a) TO '${inside}' (use_tmp_file false)`,
      `EXPLAIN ANALYZE COPY (SELECT 2 AS a) TO '${inside}' (use_tmp_file false)`,
      `/* a */ EXPLAIN (ANALYZE) COPY (SELECT 2 AS a) TO '${inside}' (use_tmp_file false)`,
    );
    expect(await readFile(inside)).toEqual(before);
  });

  it('explains a query without running it', async () => {
    const { inside, warehouse } = await contained(kind);
    const [plan] = await warehouse.executeSample(`EXPLAIN SELECT * FROM '${inside}'`, 1);
    expect(plan).toHaveProperty('explain_value');
  });
});

it('refuses to change a database that it opened read-only', async () => {
  const { warehouse } = await contained('database');
  await refused(
    warehouse,
    'INSERT INTO t VALUES (2)',
    'UPDATE t SET a = 2',
    'DELETE FROM t',
    'DROP TABLE t',
    'CREATE TABLE u AS SELECT 1',
  );
});

it('lets a view read a file only when the options name it', async () => {
  const { folder, outside, warehouse } = await contained('database');
  await refused(warehouse, 'SELECT * FROM peek');
  const allowed = duckdb({ path: join(folder, 'shop.duckdb'), files: [outside] });
  onTestFinished(() => allowed.close?.());
  expect(await allowed.executeScalar('SELECT a FROM peek')).toBe(1);
});

it('lets folders and patterns be named', async () => {
  const { folder, inside } = await contained('files only');
  const byFolder = duckdb({ files: [`${folder}/`] });
  const byPattern = duckdb({ files: [`${folder}/*.parquet`] });
  onTestFinished(async () => {
    await byFolder.close?.();
    await byPattern.close?.();
  });
  expect(await byFolder.executeScalar(`SELECT password FROM '${folder}/secret.csv'`)).toBe('hunter2');
  expect(await byPattern.executeScalar(`SELECT count(*) FROM '${folder}/*.parquet'`)).toBe('2');
  expect(await byPattern.executeScalar(`SELECT count(*) FROM '${inside}'`)).toBe('1');
  await refused(byPattern, `SELECT * FROM '${folder}/secret.csv'`);
});
