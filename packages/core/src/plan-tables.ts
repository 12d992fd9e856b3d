import { explainReconcile, explainTable, type PlannedTable, planRun } from '@aegis/engine';
import { displayTableName } from '@aegis/rules';
import { PlanError } from '@aegis/spec';
import { Executor } from './executor.js';
import type { PipelineOptions } from './pipeline-types.js';
import { clockOf, executeOptionsOf, typesOf } from './settings.js';

/** What a run would send, table by table, then pair by pair. Describes tables; scans nothing. */
export const planTables = async (runId: string, options: PipelineOptions): Promise<readonly PlannedTable[]> => {
  const { defaultWarehouse, includeDrafts } = options;
  const plan = planRun(options.rules, { types: typesOf(options), defaultWarehouse, includeDrafts });
  const execute = executeOptionsOf(runId, clockOf(options, undefined), options, () => undefined);
  const executor = new Executor(plan, execute, { ...options, concurrency: 1, emit: () => undefined });
  const tables: PlannedTable[] = [];
  for (const task of plan.tables) {
    const warehouse = executor.warehouse(task.warehouse);
    await warehouse.connect();
    tables.push(await explainTable(task, warehouse, executor.options));
  }
  for (const rule of plan.reconcile) {
    const warehouse = rule.scope.warehouse ?? defaultWarehouse;
    const sides = {
      target: executor.warehouse(warehouse),
      source: executor.warehouse(rule.scope.sourceWarehouse ?? warehouse),
    };
    await Promise.all([sides.target.connect(), sides.source.connect()]);
    const table = displayTableName(rule.scope.table);
    tables.push(
      await explainReconcile(rule, { id: `reconcile:${rule.id}`, warehouse, table }, sides, executor.options),
    );
  }
  return tables;
};

/**
 * The bytes that the plan would read; 0 without a limit.
 * @throws PlanError `limit` when it would read more than allowed, or when nobody can say
 */
export const checkMaxBytes = async (runId: string, options: PipelineOptions): Promise<number> => {
  const { maxBytes } = options;
  if (maxBytes === undefined) return 0;
  const statements = (await planTables(runId, options)).flatMap(({ task, statements: planned }) =>
    planned.map((statement) => ({ ...statement, warehouse: statement.warehouse ?? task.warehouse })),
  );
  const unknown = statements.filter(({ bytes, conditional }) => bytes === undefined && !conditional);
  if (unknown.length > 0) {
    const names = [...new Set(unknown.map(({ warehouse }) => warehouse))].join(', ');
    throw new PlanError('limit', `how many bytes the run would read is not known beforehand: ${names} cannot say`, {
      hint: 'Run without --max-bytes, or only the rules of other warehouses with --select.',
    });
  }
  const total = statements.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  if (total <= maxBytes) return total;
  throw new PlanError('limit', `the run would read ${total} bytes; --max-bytes allows ${maxBytes}`, {
    hint: 'Narrow the rules with --select or --where, or raise the limit.',
  });
};
