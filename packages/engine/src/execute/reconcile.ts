import type { AggregateProbe, Measurements, Probe } from '@aegis/rules';
import { PlanError, type Rule, type ScopedRelation, type Warehouse } from '@aegis/spec';
import { Catalog } from '../plan/catalog.js';
import { loadGuardFor } from '../plan/guard-source.js';
import { type PreparedRule, prepareRule } from '../plan/prepare.js';
import type { ExecuteOptions, ReconcileSides, TaskOutcome } from '../types.js';
import { outcomeOf } from './execute-table.js';
import { type FinishContext, failedRule, finishRule } from './finish.js';
import { aggregateStatement, keyDifferenceCounts } from './probes/compare.js';
import { StatementRunner } from './runner.js';

export interface ReconcileNames {
  readonly target: string;
  readonly source: string;
}

/** Runs one rule that compares two relations; both sides at once. Never rejects for what concerns the rule. */
export const executeReconcile = async (
  rule: Rule,
  sides: ReconcileSides,
  names: ReconcileNames,
  options: ExecuteOptions,
): Promise<TaskOutcome> => {
  const target = contextFor(rule, names.target, sides.target, options);
  const source = sides.source === sides.target ? target : contextFor(rule, names.source, sides.source, options);
  try {
    await Promise.all([sides.target.connect(), sides.source.connect()]);
    const prepared = await prepare(rule, { target, source }, options);
    const values = await compare(prepared, { target, source });
    return outcomeOf([await finishRule(prepared, { values, rows: [] }, target)], target);
  } catch (error) {
    return outcomeOf([failedRule(rule, error, target)], target);
  }
};

interface Contexts {
  readonly target: FinishContext;
  readonly source: FinishContext;
}

const contextFor = (rule: Rule, name: string, warehouse: Warehouse, options: ExecuteOptions): FinishContext => ({
  warehouse: name,
  consistency: 'per statement',
  options,
  runner: new StatementRunner(warehouse, {
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    label: `aegis run=${options.runId} rule=${rule.id}`,
  }),
});

const prepare = async (rule: Rule, { target, source }: Contexts, options: ExecuteOptions): Promise<PreparedRule> => {
  const sideOf = ({ warehouse, runner }: FinishContext) => ({
    warehouse: runner.warehouse,
    catalog: options.catalogs?.(warehouse) ?? new Catalog(runner.warehouse),
  });
  return prepareRule(rule, options.types.get(rule.type), {
    now: options.now,
    timezone: options.timezone,
    sides: { target: sideOf(target), source: sideOf(source) },
    guard: await loadGuardFor([rule], options.types, options.loadGuard),
    statement: target.runner.statementOptions,
  });
};

const compare = async (rule: PreparedRule, contexts: Contexts): Promise<Measurements> => {
  const { probe } = rule;
  if (probe.kind === 'compare') return compareAggregates(rule, probe, contexts);
  if (probe.kind === 'key_difference') return compareKeys(rule, probe, contexts);
  throw new PlanError('internal', `${rule.type.name} names a source but compares nothing`);
};

const compareAggregates = async (
  rule: PreparedRule,
  probe: Extract<Probe, { readonly kind: 'compare' }>,
  { target, source }: Contexts,
): Promise<Measurements> => {
  const [ofTarget, ofSource] = await Promise.all([
    aggregate('target', probe.target, rule.context.relation('target'), target, rule),
    aggregate('source', probe.source, rule.context.relation('source'), source, rule),
  ]);
  return { ...ofTarget, ...ofSource };
};

const aggregate = async (
  side: 'target' | 'source',
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

const compareKeys = (
  rule: PreparedRule,
  probe: Extract<Probe, { readonly kind: 'key_difference' }>,
  { target, source }: Contexts,
): Promise<Measurements> => {
  if (target.runner.warehouse === source.runner.warehouse) {
    return target.runner.row(keyDifferenceCounts(probe, rule), [rule.rule.id]);
  }
  throw new PlanError('unsupported', 'keys can be matched within one warehouse only', {
    hint: 'Copy the source beside the target, or compare counts and sums, which may cross warehouses.',
  });
};
