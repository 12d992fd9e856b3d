import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { duckdb } from '@aegis/warehouse-duckdb';
import { beforeAll, describe, expect, it } from 'vitest';
import { aegis, memoryEffects } from '../../testing/memory-effects.js';

const etl = [
  'CREATE TABLE stage_orders AS SELECT id, customer_id, amount * 100 AS cents FROM raw_orders',
  'CREATE VIEW orders AS SELECT id, customer_id, cents FROM stage_orders WHERE id >= 0',
];

const source =
  'CREATE TABLE raw_orders AS SELECT range AS id, range % 7 AS customer_id, CASE WHEN range % 10 <> 3 THEN range END AS amount FROM range(200)';

const rules = `- metadata: { id: prices_there, description: d, owner: o }
  scope: { table: orders, columns: [cents] }
  logic: { type: not_null }
`;

let cwd: string;

beforeAll(async () => {
  ({ cwd } = await memoryEffects());
  const warehouse = duckdb({ path: join(cwd, 'shop.duckdb'), access: 'read_write' });
  for (const statement of [source, ...etl]) await warehouse.executeScalar(statement);
  await warehouse.close?.();
  await writeFile(join(cwd, 'etl.sql'), etl.join(';\n'));
  await writeFile(join(cwd, 'rules.yaml'), rules);
});

const run = (...args: readonly string[]) =>
  aegis(['run', 'rules.yaml', '--db', 'shop.duckdb', '--no-llm', '--quiet', ...args], { cwd });

describe('aegis run --lineage', () => {
  it.each(['terminal', 'markdown', 'html'])('shows where a failure enters: %s', async (format) => {
    const { code, stdout } = await run('--lineage', 'etl.sql', '--format', format);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'orders ← stage\\_orders ← raw\\_orders (enters here)'.replaceAll('\\', format === 'markdown' ? '\\' : ''),
    );
  });

  it('shows it as data', async () => {
    const { stdout } = await run('--lineage', 'etl.sql', '--format', 'json');
    expect(JSON.parse(stdout).results[0].root_cause).toMatchObject({
      ...{ dataset: 'raw_orders', column: 'amount', kind: 'source' },
      path: ['orders', 'stage_orders', 'raw_orders'],
    });
  });

  it('has no root cause without lineage', async () => {
    expect((await run()).stdout).not.toContain('Root cause');
  });

  it('refuses a source that does not exist before anything runs', async () => {
    const { code, stderr } = await run('--lineage', 'elt.sql');
    expect([code, stderr]).toEqual([
      2,
      'error: the source of lineage elt.sql does not exist\n  Did you mean "etl.sql"?\n',
    ]);
  });
});
