import { executeReconcile } from '@aegis/engine';
import { builtinTypes, compileRules } from '@aegis/rules';
import { duckdb } from '@aegis/warehouse-duckdb';
import { postgres } from '@aegis/warehouse-postgres';
import type { Ready, Task } from './contender.js';

const { rules } = compileRules([
  {
    metadata: { id: 'keys' },
    scope: { table: 'keys', source_warehouse: 'postgres' },
    logic: { type: 'reconcile_key_match', column: 'id', source_table: 'keys' },
  },
]);

const options = {
  ...{ types: builtinTypes, runId: 'bench', now: '2026-01-15T12:00:00Z', timezone: 'UTC', project: 'bench' },
  sampleRows: 5,
  loadGuard: () => Promise.reject(new Error('no rule holds SQL')),
};

/** The rule, with DuckDB as target and PostgreSQL as source. */
export const byChecksums = async ({ tables }: Task): Promise<Ready> => {
  const sides = { target: duckdb({ path: tables.path }), source: postgres({ url: tables.url }) };
  await Promise.all([sides.target.connect(), sides.source.connect()]);
  return {
    ask: async () => {
      const [rule] = rules;
      if (!rule) throw new Error('the rule was not compiled');
      const { results } = await executeReconcile(rule, sides, { target: 'duckdb', source: 'postgres' }, options);
      const [result] = results;
      if (!result || result.error) throw new Error(result?.error?.message ?? 'the rule has no result');
      return {
        missingInTarget: Number(result.observed.missing_in_target),
        missingInSource: Number(result.observed.missing_in_source),
      };
    },
    close: async () => {
      await Promise.all([sides.target.close?.(), sides.source.close?.()]);
    },
  };
};
