import type { AggregateProbe, Measurements, Probe } from '@aegis/rules';
import { displayTableName } from '@aegis/rules';
import { PlanError, type Rule, type ScopedRelation } from '@aegis/spec';
import { outcomeOf } from '../execute/execute-table.js';
import { type FinishContext, type FinishedRule, failedRule, finishRule } from '../execute/finish.js';
import { aggregateStatement, keyDifferenceCounts } from '../execute/probes/compare.js';
import { type SentStatement, StatementRunner } from '../execute/runner.js';
import type { Measured } from '../execute/session.js';
import { Catalog } from '../plan/catalog.js';
import { loadGuardFor } from '../plan/guard-source.js';
import { onSide } from '../plan/name-side.js';
import { type PreparedRule, type Side as PreparingSide, prepareRule } from '../plan/prepare.js';
import type { ExecuteOptions, ReconcileSides, TaskOutcome } from '../types.js';
import { compareAcross } from './across/compare-across.js';
import { comparisonOf, isComparing, type Side } from './comparison.js';
import { type OpenSides, openSides, type ReconcileNames } from './sides.js';
import { compareWithin } from './within.js';

/** Runs one rule that compares two relations; both sides at once. Never rejects for what concerns the rule. */
export const executeReconcile = async (
  rule: Rule,
  sides: ReconcileSides,
  names: ReconcileNames,
  options: ExecuteOptions,
): Promise<TaskOutcome> => {
  const sent: SentStatement[] = [];
  const table = displayTableName(rule.scope.table);
  const label = `aegis run=${options.runId} rule=${rule.id}`;
  let finishing = unopened(sides, names, options, sent);
  let open: OpenSides | undefined;
  const announced = (finished: FinishedRule): TaskOutcome => {
    options.onEvent?.({ type: 'rule_finished', table, result: finished.result });
    return outcomeOf([finished], finishing);
  };
  try {
    open = await openSides(sides, names, { label, table, execute: options }, sent);
    finishing = open.target;
    const prepared = await prepare(rule, open, options);
    return announced(await finishRule(prepared, await measure(prepared, open, table), finishing));
  } catch (error) {
    return announced(failedRule(rule, error, finishing));
  } finally {
    await open?.release();
  }
};

/** Where a rule ends whose sides could not be opened. */
const unopened = (
  { target }: ReconcileSides,
  names: ReconcileNames,
  options: ExecuteOptions,
  sent: SentStatement[],
): FinishContext => ({
  warehouse: names.target,
  consistency: 'per statement',
  options,
  runner: new StatementRunner(target, {}, sent),
});

const prepare = async (rule: Rule, open: OpenSides, options: ExecuteOptions): Promise<PreparedRule> => {
  const sideOf = (side: Side): PreparingSide => ({
    warehouse: open[side].runner.warehouse,
    catalog: options.catalogs?.(open[side].warehouse) ?? new Catalog(open[side].runner.warehouse),
    named: open.named?.[side],
  });
  const target = sideOf('target');
  return prepareRule(rule, options.types.get(rule.type), {
    now: options.now,
    timezone: options.timezone,
    sides: { target, source: open.named ? sideOf('source') : target },
    guard: await loadGuardFor([rule], options.types, options.loadGuard),
    statement: open.target.runner.accountedTo([rule.id]),
  });
};

const measure = async (rule: PreparedRule, open: OpenSides, table: string): Promise<Measured> => {
  const { probe } = rule;
  if (probe.kind === 'compare') return { values: await compareAggregates(rule, probe, open), rows: [] };
  if (!isComparing(probe)) throw new PlanError('internal', `${rule.type.name} names a source but compares nothing`);
  const { runner, options } = open.target;
  if (open.named) {
    const { sampleRows, onEvent, bucketLimits: limits } = options;
    return compareAcross(comparisonOf(probe, rule), open, { ruleId: rule.rule.id, table, sampleRows, onEvent, limits });
  }
  return probe.kind === 'row_difference'
    ? compareWithin(probe, rule, runner)
    : { values: await runner.row(keyDifferenceCounts(probe, rule), [rule.rule.id]), rows: [] };
};

const compareAggregates = async (
  rule: PreparedRule,
  probe: Extract<Probe, { readonly kind: 'compare' }>,
  open: OpenSides,
): Promise<Measurements> => {
  const aggregateOf = (side: Side) =>
    onSide(open.named?.[side], () => aggregate(side, probe[side], rule.context.relation(side), open[side], rule));
  try {
    const [ofTarget, ofSource] = await Promise.all([aggregateOf('target'), aggregateOf('source')]);
    return { ...ofTarget, ...ofSource };
  } catch (error) {
    open.abort();
    throw error;
  }
};

const aggregate = async (
  side: Side,
  probe: AggregateProbe,
  from: ScopedRelation,
  { runner }: FinishContext,
  { rule }: PreparedRule,
): Promise<Measurements> => {
  const row = await runner.row(aggregateStatement(from, probe), [rule.id]);
  return Object.fromEntries(
    Object.keys(probe.measures).map((name, index) => [`${side}.${name}`, row[`m${index}`] ?? null]),
  );
};
