import type { RuleResult, Warehouse, WarehouseSnapshot } from '@aegis/spec';
import { Catalog } from '../plan/catalog.js';
import { loadGuardFor } from '../plan/guard-source.js';
import { prepareAll } from '../plan/prepare-all.js';
import type { ExecuteOptions, ShownFailure, TableTask, TaskOutcome } from '../types.js';
import { type FinishContext, type FinishedRule, failedRule, finishRule } from './finish.js';
import { measureOwn, startOwn, valuesOf, wantShared } from './measure.js';
import { answerFromMetadata, refine } from './passes.js';
import { StatementRunner } from './runner.js';
import { scanAll } from './scan.js';
import { newSession } from './session.js';

/**
 * Runs all rules of one table in as few statements as they need, on one state of the table where the warehouse can.
 * Never rejects for what concerns a rule: such a rule's result is `error`.
 */
export const executeTable = async (
  task: TableTask,
  warehouse: Warehouse,
  options: ExecuteOptions,
): Promise<TaskOutcome> => {
  let snapshot: WarehouseSnapshot | undefined;
  let context = contextFor(task, warehouse, 'per statement', options);
  try {
    await warehouse.connect();
    snapshot = await warehouse.snapshot?.(context.runner.statementOptions);
    if (snapshot) context = contextFor(task, snapshot, snapshot.consistency, options);
    return await executeOn(task, context);
  } catch (error) {
    const failed = task.rules.map((rule) => announced(task.table, failedRule(rule, error, context), options));
    return outcomeOf(failed, context);
  } finally {
    await snapshot?.release();
  }
};

const contextFor = (
  { table, warehouse: name }: TableTask,
  warehouse: Warehouse,
  consistency: string,
  options: ExecuteOptions,
): FinishContext => ({
  warehouse: name,
  consistency,
  options,
  runner: new StatementRunner(warehouse, {
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    label: `aegis run=${options.runId} table=${table}`,
    onSent: ({ durationMs }) => options.onEvent?.({ type: 'statement_finished', table, durationMs }),
  }),
});

const executeOn = async (task: TableTask, context: FinishContext): Promise<TaskOutcome> => {
  const { runner, options } = context;
  const side = {
    warehouse: runner.warehouse,
    catalog: options.catalogs?.(task.warehouse) ?? new Catalog(runner.warehouse),
  };
  const { now, timezone, types } = options;
  const guard = await loadGuardFor(task.rules, types, options.loadGuard);
  const sides = { target: side, source: side };
  const statement = runner.accountedTo(task.rules.map(({ id }) => id));
  const preparing = { now, timezone, sides, guard, statement };
  const { prepared, refused } = await prepareAll(task.rules, types, preparing);

  const session = newSession(runner, options.sampleRows);
  const wanted = prepared.map((rule) => ({ rule, slots: wantShared(rule, session) }));
  await answerFromMetadata(session.groups, side.catalog, statement);
  const scanned = scanAll(session.groups, runner);
  for (const { rule } of wanted) startOwn(rule, session);
  await scanned;
  const measured = await refine(wanted, session);

  const finish = async ({ rule, slots, error }: (typeof measured)[number]): Promise<FinishedRule> => {
    try {
      if (error !== undefined) throw error;
      return await finishRule(rule, await measureOwn(rule, valuesOf(slots), session), context);
    } catch (reason) {
      return failedRule(rule.rule, reason, context);
    }
  };
  const finished = await Promise.all(measured.map(async (each) => announced(task.table, await finish(each), options)));
  const failed = refused.map(({ rule, error }) => announced(task.table, failedRule(rule, error, context), options));
  return outcomeOf(inOrder(task, [...finished, ...failed]), context);
};

const announced = (table: string, finished: FinishedRule, { onEvent }: ExecuteOptions): FinishedRule => {
  onEvent?.({ type: 'rule_finished', table, result: finished.result });
  return finished;
};

const inOrder = ({ rules }: TableTask, finished: readonly FinishedRule[]): readonly FinishedRule[] => {
  const byId = new Map(finished.map((each) => [each.result.rule_id, each]));
  return rules.flatMap(({ id }) => byId.get(id) ?? []);
};

export const outcomeOf = (
  finished: readonly FinishedRule[],
  { runner }: Pick<FinishContext, 'runner'>,
): TaskOutcome => ({
  results: finished.map(({ result }) => result),
  measurements: finished.flatMap(({ measurement }) => measurement ?? []),
  statements: runner.sent.length,
  bytesScanned: totalBytes(runner),
  shown: Object.fromEntries(
    finished.filter(({ result }) => isExplained(result)).map((each) => [each.result.rule_id, shownOf(each, runner)]),
  ),
});

const isExplained = ({ outcome }: RuleResult): boolean => outcome === 'fail' || outcome === 'warn';

const shownOf = ({ result, passing, fix }: FinishedRule, { sent }: StatementRunner): ShownFailure => {
  const asked = sent.filter(({ isMetadata, ruleIds }) => !isMetadata && ruleIds.includes(result.rule_id));
  return { statements: [...new Set(asked.map(({ sql }) => sql))], passing, fix };
};

const totalBytes = ({ sent }: StatementRunner): number | null =>
  sent.some(({ bytesScanned }) => bytesScanned === undefined)
    ? null
    : sent.reduce((sum, { bytesScanned }) => sum + (bytesScanned ?? 0), 0);
