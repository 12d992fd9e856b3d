import type { Rule, Warehouse } from '@aegis/spec';
import { fuse } from './execute/fuse.js';
import { plannedStatements, wantShared } from './execute/measure.js';
import { answerFromMetadata } from './execute/passes.js';
import { resultErrorOf } from './execute/result.js';
import { type SentStatement, StatementRunner } from './execute/runner.js';
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
  const { target, source } = preparingSides(task, sides, options);
  const guard = await loadGuardFor(task.rules, types, options.loadGuard);
  const statement = runner.accountedTo([]);
  const preparing = { now, timezone, sides: { target, source }, guard, statement };
  const { prepared, refused } = await prepareAll(task.rules, types, preparing);
  const describing = runner.sent.map((sent) => ofMetadata('describe', sent));
  const session = newSession(runner, options.sampleRows);
  for (const rule of prepared) wantShared(rule, session);
  await answerFromMetadata(session.groups, target.catalog, statement);
  const statistics = runner.sent.slice(describing.length).map((sent) => ofMetadata('statistics', sent));
  const shared = session.groups.all.flatMap(({ from, open }) =>
    fuse(from, open, sides.target.dialect).map(({ slots, statement }) =>
      planned(target, slots.length === 1 ? 'alone' : 'fused', sides.target.dialect.statement(statement), slots),
    ),
  );
  const asked = await Promise.all([...shared, ...ownStatements(prepared, { target, source }, options.sampleRows)]);
  return {
    task,
    statements: [...describing, ...statistics, ...asked],
    fromStatistics: withoutStatement(prepared, asked),
    errors: refused.map(({ rule, error }) => ({ ruleId: rule.id, ...resultErrorOf(error) })),
  };
};

/** A statement that planning has sent already, as the run will; it is for all rules of the table. */
const ofMetadata = (purpose: 'describe' | 'statistics', { sql, bytesScanned }: SentStatement): PlannedStatement => ({
  purpose,
  sql: sql.trim(),
  ruleIds: [],
  conditional: false,
  bytes: bytesScanned,
  ...(bytesScanned === 0 && { costUsd: 0 }),
});

/** Both are one unless the rule names another warehouse for its source. */
const preparingSides = ({ warehouse, rules: [rule] }: TaskAlone, sides: ReconcileSides, options: ExplainOptions) => {
  const sideOf = (side: keyof ReconcileSides, name: string): Side => ({
    warehouse: sides[side],
    catalog: options.catalogs?.(name) ?? new Catalog(sides[side]),
    ...(sides.source !== sides.target && { named: { side, warehouse: name } }),
  });
  const target = sideOf('target', warehouse);
  const source = sides.source === sides.target ? target : sideOf('source', rule?.scope.sourceWarehouse ?? warehouse);
  return { target, source };
};

type TaskAlone = Pick<TableTask, 'warehouse' | 'rules'>;

const planned = (
  { warehouse, named }: Side,
  purpose: PlannedStatement['purpose'],
  sql: string,
  slots: readonly Pick<Slot, 'ruleIds'>[],
  conditional = false,
): Promise<PlannedStatement> =>
  estimated(warehouse, {
    purpose,
    sql,
    ...(named?.side === 'source' && { warehouse: named.warehouse }),
    conditional,
    ruleIds: [...new Set(slots.flatMap(({ ruleIds }) => [...ruleIds]))],
  });

/** Bytes and money where the warehouse can say them before running; an estimate that fails is left out. */
const estimated = async (warehouse: Warehouse, statement: PlannedStatement): Promise<PlannedStatement> => {
  const estimate = await warehouse.estimate?.(statement.sql).catch(() => undefined);
  return estimate ? { ...statement, ...estimate } : statement;
};

interface OwnStatement {
  readonly side: Side;
  readonly sql: string;
  readonly ruleIds: Set<string>;
  readonly purpose: PlannedStatement['purpose'];
  readonly conditional: boolean;
}

/** Rules on the same keys share their statements, so equal texts of one side are listed once. */
const ownStatements = (
  rules: readonly PreparedRule[],
  { target, source }: { readonly target: Side; readonly source: Side },
  sampleRows: number,
): readonly Promise<PlannedStatement>[] => {
  const { dialect } = target.warehouse;
  const asking = { dialect, sampleRows, ...(source !== target && { sourceDialect: source.warehouse.dialect }) };
  const known = new Map<string, OwnStatement>();
  for (const rule of rules) {
    for (const { purpose, statement, side, conditional = false } of plannedStatements(rule, asking)) {
      const asked = side === 'source' ? source : target;
      const sql = asked.warehouse.dialect.statement(statement);
      const key = `${asked.named?.side} ${sql}`;
      const entry = known.get(key) ?? { side: asked, sql, ruleIds: new Set<string>(), purpose, conditional };
      entry.ruleIds.add(rule.rule.id);
      known.set(key, entry);
    }
  }
  return [...known.values()].map(({ side, purpose, sql, ruleIds, conditional }) =>
    planned(side, purpose, sql, [{ ruleIds }], conditional),
  );
};

const withoutStatement = (rules: readonly PreparedRule[], asked: readonly PlannedStatement[]): readonly string[] => {
  const scanned = new Set(asked.flatMap(({ ruleIds }) => ruleIds));
  return rules.map(({ rule }) => rule.id).filter((id) => !scanned.has(id));
};
