import { builtinTypes, compileRules, type RuleType, ruleTypes } from '@aegis/rules';
import type { ColumnKind, Dialect, Row, TableDescription } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { builtInDialects } from '@aegis/sql';
import { loadParser } from '@aegis/sql/parse';
import { describe, expect, it } from 'vitest';
import { BareDuckDb } from './__fixtures__/bare-duckdb.js';
import { testOptions } from './__fixtures__/run-rules.js';
import { executeTable } from './execute/execute-table.js';
import { explainReconcile } from './explain.js';
import { planRun } from './plan/plan-run.js';
import { executeReconcile } from './reconcile/execute-reconcile.js';

/**
 * The statements of every rule type, failing, in every dialect: what a reviewer reads when SQL changes. A new dialect is
 * one more file here.
 */
const kinds: { readonly [column: string]: ColumnKind } = {
  ...{ amount: 'decimal', quantity: 'integer', latency_ms: 'float', discount: 'decimal', rating: 'integer' },
  ...{ ordered_at: 'timestamp', shipped_at: 'timestamp', loaded_at: 'timestamptz', updated_at: 'timestamptz' },
  ...{ order_id: 'integer', line_number: 'integer', customer_id: 'integer', id: 'integer', revenue: 'decimal' },
  ...{ status: 'text', email: 'text', name: 'text', sku: 'text' },
};
const native: { readonly [kind in ColumnKind]?: string } = {
  ...{ decimal: 'DECIMAL(18,2)', integer: 'BIGINT', float: 'DOUBLE', text: 'VARCHAR' },
  ...{ timestamp: 'TIMESTAMP', timestamptz: 'TIMESTAMPTZ' },
};

const tableNamed = (...parts: readonly string[]): TableDescription => ({
  table: { kind: 'named', parts },
  kind: 'table',
  columns: Object.entries(kinds).map(([name, kind]) => ({ name, type: { kind, native: native[kind] ?? kind } })),
});
const tables = [tableNamed('shop', 'orders'), tableNamed('shop', 'customers'), tableNamed('raw', 'orders')];

/** Measures that make every type fail, so that its sample is asked for as well. */
const failing = (sql: string): readonly Row[] => {
  const aliases = [...sql.matchAll(/\bm(\d+)\b/g)].map(([alias]) => [alias, alias === 'm0' ? '1000' : '7']);
  const counts = {
    complete: '1000',
    distinct_hashes: '9',
    distinct_keys: '9',
    duplicate_keys: '3',
    duplicate_rows: '9',
  };
  const others = {
    unmatched_rows: '5',
    unmatched_keys: '5',
    returned: '5',
    missing_in_target: '5',
    missing_in_source: '5',
  };
  return [{ ...counts, ...others, rows_in_target: '9', rows_in_source: '8', ...Object.fromEntries(aliases) }];
};

const fake = (dialect: Dialect) => new FakeWarehouse({ dialect, tables, answer: failing });

const statementsOf = async (type: RuleType, dialect: Dialect): Promise<readonly string[]> => {
  const warehouse = fake(dialect);
  const scope = { schema: 'shop', table: 'orders', where: "status <> 'test'" };
  const { rules } = compileRules([{ metadata: { id: type.name }, scope, logic: type.example }]);
  const { tables: tasks, reconcile } = planRun(rules, { types: builtinTypes, defaultWarehouse: 'w' });
  for (const task of tasks) await executeTable(task, warehouse, testOptions);
  const names = { target: 'w', source: 'w' };
  for (const rule of reconcile)
    await executeReconcile(rule, { target: warehouse, source: warehouse }, names, testOptions);
  return warehouse.statements;
};

/** What a rule with a source would ask of two warehouses. */
const statementsAcross = async (type: RuleType, dialect: Dialect): Promise<readonly string[]> => {
  if (type.category !== 'reconciliation') return [];
  const scope = { schema: 'shop', table: 'orders', where: "status <> 'test'", source_warehouse: 'v' };
  const { rules } = compileRules([{ metadata: { id: type.name }, scope, logic: type.example }]);
  const [rule] = planRun(rules, { types: builtinTypes, defaultWarehouse: 'w' }).reconcile;
  if (!rule) return [];
  const [target, source] = [fake(dialect), fake(dialect)];
  const task = { id: type.name, warehouse: 'w', table: 'orders' };
  const { statements, errors } = await explainReconcile(rule, task, { target, source }, testOptions);
  expect(errors).toEqual([]);
  return statements.map(({ sql }) => sql);
};

const page = async (dialect: Dialect): Promise<string> => {
  const section = (title: string, statements: readonly string[]) =>
    statements.length === 0 ? [] : [[`-- ${title}`, ...statements.map((sql) => `${sql};`)].join('\n')];
  const parts = await Promise.all(
    ruleTypes.map(async (type) => [
      ...section(type.name, await statementsOf(type, dialect)),
      ...section(`${type.name}, across warehouses`, await statementsAcross(type, dialect)),
    ]),
  );
  return `${parts.flat().join('\n\n')}\n`;
};

describe.each(Object.values(builtInDialects))('the SQL of every rule type in $name', (dialect) => {
  it('is what was last agreed on', async () => {
    await expect(await page(dialect)).toMatchFileSnapshot(`__golden__/${dialect.name}.sql`);
  });

  it('is SQL to a parser of that dialect', async () => {
    const parser = await loadParser();
    for (const type of ruleTypes) {
      for (const sql of [...(await statementsOf(type, dialect)), ...(await statementsAcross(type, dialect))]) {
        expect(() => parser.parse(sql, dialect.parserName), `${type.name}: ${sql}`).not.toThrow();
      }
    }
  });
});

it('runs on DuckDB as it stands', async () => {
  const warehouse = new BareDuckDb();
  const columns = Object.entries(kinds).map(([name, kind]) => `${name} ${native[kind]}`);
  for (const schema of ['shop', 'raw']) await warehouse.prepare(`create schema ${schema}`);
  for (const { table } of tables) {
    if (table.kind === 'named')
      await warehouse.prepare(`create table ${table.parts.join('.')} (${columns.join(', ')})`);
  }
  for (const type of ruleTypes) {
    const { duckdb } = builtInDialects;
    const statements = [...(await statementsOf(type, duckdb)), ...(await statementsAcross(type, duckdb))];
    for (const sql of statements) await warehouse.prepare(sql);
  }
});
