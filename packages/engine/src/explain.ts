import type { Rule, Warehouse } from '@aegis/spec';
import { fuse } from './execute/fuse.js';
import { plannedStatements, wantShared } from './execute/measure.js';
import { answerFromMetadata } from './execute/passes.js';
import { resultErrorOf } from './execute/result.js';
import { StatementRunner } from './execute/runner.js';
import { newSession } from './execute/session.js';
import type { Slot } from './execute/slots.js';
import { Catalog } from './plan/catalog.js';
import { loadGuardFor } from './plan/guard-source.js';
import type { PreparedRule, Side } from './plan/prepare.js';
import { prepareAll } from './plan/prepare-all.js';
import type { ExecuteOptions, PlannedStatement, PlannedTable, ReconcileSides, TableTask } from './types.js';

/** Options of planning: those of a run that decide its statements. */
export type ExplainOptions = Pick<
  ExecuteOptions,
  'now' | 'timezone' | 'types' | 'catalogs' | 'loadGuard' | 'sampleRows' | 'signal' | 'timeoutMs'
>;

/** The statements that a run of this task would send. Describes and reads exact statistics; scans nothing. */
export const explainTable = (task: TableTask, warehouse: Warehouse, options: ExplainOptions): Promise<PlannedTable> =>
  explain(task, { target: warehouse, source: warehouse }, options);

/** The same for a rule that compares two relations. */
export const explainReconcile = (
  rule: Rule,
  task: Omit<TableTask, 'rules'>,
  sides: ReconcileSides,
  options: ExplainOptions,
): Promise<PlannedTable> => explain({ ...task, rules: [rule] }, sides, options);

const explain = async (task: TableTask, sides: ReconcileSides, options: ExplainOptions): Promise<PlannedTable> => {
  const { now, timezone, types } = options;
  const runner = new StatementRunner(sides.target, { signal: options.signal, timeoutMs: options.timeoutMs });
  const target: Side = {
    warehouse: sides.target,
    catalog: options.catalogs?.(task.warehouse) ?? new Catalog(sides.target),
  };
  const source: Side =
    sides.source === sides.target ? target : { warehouse: sides.source, catalog: new Catalog(sides.source) };
  const guard = await loadGuardFor(task.rules, types, options.loadGuard);
  const preparing = { now, timezone, sides: { target, source }, guard, statement: runner.statementOptions };
  const { prepared, refused } = await prepareAll(task.rules, types, preparing);
  const session = newSession(runner, options.sampleRows);
  for (const rule of prepared) wantShared(rule, session);
  await answerFromMetadata(session.groups, target.catalog, runner.statementOptions);
  const shared = session.groups.all.flatMap(({ from, open }) =>
    fuse(from, open, sides.target.dialect).map(({ slots, statement }) =>
      planned(sides.target, slots.length === 1 ? 'alone' : 'fused', sides.target.dialect.statement(statement), slots),
    ),
  );
  const asked = await Promise.all([...shared, ...ownStatements(prepared, sides.target, options.sampleRows)]);
  return {
    task,
    statements: asked,
    fromStatistics: withoutStatement(prepared, asked),
    errors: refused.map(({ rule, error }) => ({ ruleId: rule.id, ...resultErrorOf(error) })),
  };
};

const planned = (
  warehouse: Warehouse,
  purpose: PlannedStatement['purpose'],
  sql: string,
  slots: readonly Pick<Slot, 'ruleIds'>[],
  conditional = false,
): Promise<PlannedStatement> =>
  estimated(warehouse, {
    purpose,
    sql,
    conditional,
    ruleIds: [...new Set(slots.flatMap(({ ruleIds }) => [...ruleIds]))],
  });

/** Bytes and money where the warehouse can say them before running; an estimate that fails is left out. */
const estimated = async (warehouse: Warehouse, statement: PlannedStatement): Promise<PlannedStatement> => {
  const estimate = await warehouse.estimate?.(statement.sql).catch(() => undefined);
  return estimate ? { ...statement, ...estimate } : statement;
};

/** Rules on the same keys share their statements, so equal texts are listed once. */
const ownStatements = (
  rules: readonly PreparedRule[],
  warehouse: Warehouse,
  sampleRows: number,
): readonly Promise<PlannedStatement>[] => {
  const { dialect } = warehouse;
  const bySql = new Map<string, { ruleIds: Set<string>; purpose: PlannedStatement['purpose']; conditional: boolean }>();
  for (const rule of rules) {
    for (const { purpose, statement, conditional = false } of plannedStatements(rule, { dialect, sampleRows })) {
      const sql = warehouse.dialect.statement(statement);
      const entry = bySql.get(sql) ?? { ruleIds: new Set<string>(), purpose, conditional };
      entry.ruleIds.add(rule.rule.id);
      bySql.set(sql, entry);
    }
  }
  return [...bySql].map(([sql, { purpose, conditional, ruleIds }]) =>
    planned(warehouse, purpose, sql, [{ ruleIds }], conditional),
  );
};

const withoutStatement = (rules: readonly PreparedRule[], asked: readonly PlannedStatement[]): readonly string[] => {
  const scanned = new Set(asked.flatMap(({ ruleIds }) => ruleIds));
  return rules.map(({ rule }) => rule.id).filter((id) => !scanned.has(id));
};
