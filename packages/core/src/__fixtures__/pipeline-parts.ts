import { compileRules } from '@aegis/rules';
import type { CheckpointStore, Report, Row, TableDescription } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import type { PipelineOptions } from '../pipeline-types.js';

const table = (name: string): TableDescription => ({
  table: { kind: 'named', parts: [name] },
  kind: 'table',
  columns: [{ name: 'x', type: { kind: 'integer', native: 'INTEGER' } }],
});

/** Ten rows, of which `nulls` are NULL. */
export const counting =
  (nulls: number) =>
  (sql: string): readonly Row[] =>
    sql.includes('m0') ? [{ m0: '10', m1: String(10 - nulls) }] : [{ x: null }];

export const warehouse = (nulls: number, answer = counting(nulls)) =>
  new FakeWarehouse({ dialect: duckdbDialect, tables: ['a', 'b', 'c'].map(table), answer });

export const rule = (id: string, tableName = 'a', more: Record<string, unknown> = {}) => ({
  metadata: { id, severity: 'medium', ...more },
  scope: { table: tableName },
  logic: { type: 'not_null', column: 'x' },
});

export const optionsFor = (
  documents: readonly unknown[],
  fake: FakeWarehouse,
  more: Partial<PipelineOptions> = {},
): PipelineOptions => ({
  rules: compileRules(documents).rules,
  warehouses: { w: fake },
  defaultWarehouse: 'w',
  now: '2026-01-15T12:00:00Z',
  ...more,
});

export const memoryStore = (): CheckpointStore & { readonly values: Map<string, Uint8Array> } => {
  const values = new Map<string, Uint8Array>();
  const at = (scope: string, key: string) => `${scope} ${key}`;
  return {
    values,
    put: async (scope, key, value) => void values.set(at(scope, key), value),
    get: async (scope, key) => values.get(at(scope, key)),
    keys: async (scope, prefix) =>
      [...values.keys()]
        .filter((key) => key.startsWith(at(scope, prefix)))
        .map((key) => key.slice(scope.length + 1))
        .sort(),
    deleteScope: async (scope) => {
      for (const key of values.keys()) if (key.startsWith(`${scope} `)) values.delete(key);
    },
  };
};

export const first = (report: Report) => {
  const [result] = report.results;
  if (!result) throw new Error('no result');
  return result;
};
