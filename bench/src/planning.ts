import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainTable, planRun } from '@aegis/engine';
import { builtinTypes, compileRules } from '@aegis/rules';
import { duckdb } from '@aegis/warehouse-duckdb';
import { DuckDBInstance } from '@duckdb/node-api';
import { manyRules } from './command.js';
import { rounded } from './figures.js';
import { now } from './rules.js';

/** Seconds from documents in memory to all statements of all tables. */
export interface PlanningFigures {
  readonly rules: number;
  readonly tables: number;
  readonly plan_s: number;
}

const rulesPerTable = 20;

/** Plans so many rules over a database that has their tables. */
export const measurePlanning = async (rules: number): Promise<PlanningFigures> => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-'));
  try {
    const path = join(folder, 'plan.duckdb');
    const tables = Math.ceil(rules / rulesPerTable);
    await createTables(path, tables);
    return { rules, tables, plan_s: rounded(await planSeconds(path, manyRules(rules, rulesPerTable))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const createTables = async (path: string, count: number): Promise<void> => {
  const columns = Array.from({ length: rulesPerTable }, (_, index) => `column_${index} INTEGER`).join(', ');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (let table = 0; table < count; table += 1) await connection.run(`CREATE TABLE table_${table} (${columns})`);
  connection.disconnectSync();
  instance.closeSync();
};

const planSeconds = async (path: string, documents: readonly unknown[]): Promise<number> => {
  const warehouse = duckdb({ path });
  await warehouse.connect();
  try {
    const started = performance.now();
    const { rules } = compileRules(documents);
    const { tables } = planRun(rules, { types: builtinTypes, defaultWarehouse: 'duckdb' });
    const options = {
      now,
      timezone: 'UTC',
      types: builtinTypes,
      sampleRows: 5,
      loadGuard: () => Promise.reject(new Error('no SQL')),
    };
    for (const task of tables) await explainTable(task, warehouse, options);
    return (performance.now() - started) / 1000;
  } finally {
    await warehouse.close?.();
  }
};
