import { randomUUID } from 'node:crypto';
import { describe, expect, it, type TestContext } from 'vitest';
import { runAll } from './__fixtures__/new-schema.js';
import { resolveOptions } from './databricks-options.js';
import { type DatabricksOptions, databricks } from './index.js';

const needed = ['DATABRICKS_HOST', 'DATABRICKS_HTTP_PATH', 'DATABRICKS_TOKEN', 'AEGIS_TEST_DATABRICKS_SCHEMA'] as const;

/** A schema that tests may make tables in, as `catalog.schema`. */
const realOptions = (context: TestContext): DatabricksOptions => {
  const missing = needed.find((name) => !process.env[name]);
  if (missing) context.skip(`credentials: ${missing} is not set`);
  const [catalog, schema] = (process.env.AEGIS_TEST_DATABRICKS_SCHEMA ?? '').split('.');
  const { host, httpPath, token = '' } = resolveOptions({}, process.env);
  return { host, httpPath, token, ...(catalog && { catalog }), ...(schema && { schema }) };
};

describe('the real service', () => {
  it('answers with exact values', { timeout: 600_000 }, async (context) => {
    const warehouse = databricks(realOptions(context));
    const sql =
      "SELECT CAST('9007199254740993' AS BIGINT) AS n, 1.10 AS d, TIMESTAMP'2026-01-15 12:00:00.123456Z' AS t";
    const row = { n: '9007199254740993', d: '1.10', t: '2026-01-15T12:00:00.123456Z' };
    expect(await warehouse.executeSample(sql, 1)).toEqual([row]);
    await warehouse.close?.();
  });

  it('keeps a snapshot of a Delta table at its version', { timeout: 600_000 }, async (context) => {
    const options = realOptions(context);
    const table = `aegis_${randomUUID().replaceAll('-', '')}`;
    await runAll(options, [`CREATE TABLE ${table} (x INT)`, `INSERT INTO ${table} VALUES (1)`]);
    const warehouse = databricks(options);
    const snapshot = await warehouse.snapshot?.();
    const count = snapshot?.dialect.statement({
      kind: 'aggregate',
      from: { table: { kind: 'named', parts: [table] } },
      measures: [{ alias: 'm0', expression: { kind: 'count_all' } }],
    });
    expect(await snapshot?.executeScalar(count ?? '')).toBe('1');
    await runAll(options, [`INSERT INTO ${table} VALUES (2)`]);
    expect(await snapshot?.executeScalar(count ?? '')).toBe('1');
    expect(await warehouse.executeScalar(`SELECT count(*) FROM ${table}`)).toBe('2');
    await warehouse.close?.();
    await runAll(options, [`DROP TABLE ${table}`]);
  });
});
