import type { Measurements } from '@aegis/rules';
import type { AggregateExpression } from '@aegis/spec';
import type { PreparedRule, PrepareOptions } from '../plan/prepare.js';
import { handlerOf } from './probes/index.js';
import { type Asking, type PlannedProbe, targetOf } from './probes/probe-handler.js';
import type { Measured, MeasureSession } from './session.js';
import type { Slot } from './slots.js';

/** A rule's part of the shared scan, by measurement name. */
export type SharedSlots = { readonly [name: string]: Slot };

/** Registers what a rule wants of the shared scan. Nothing is sent. */
export const wantShared = (rule: PreparedRule, session: MeasureSession): SharedSlots => {
  const handler = handlerOf(rule.probe);
  handler.expect?.(rule.probe, rule, session);
  return wantMeasures(rule, handler.shared?.(rule.probe) ?? {}, session);
};

export const wantMeasures = (
  rule: PreparedRule,
  measures: { readonly [name: string]: AggregateExpression },
  { groups }: MeasureSession,
): SharedSlots => {
  const group = groups.of(targetOf(rule), prunes(rule));
  const wanted = Object.entries(measures).map(([name, expression]) => [name, group.want(expression, rule.rule.id)]);
  return Object.fromEntries(wanted);
};

/** A filter over a column that the engine partitions or clusters by lets it read less. */
const prunes = ({ relations, target: { partitionColumns = [], clusteringColumns = [] } }: PreparedRule): boolean =>
  relations.target?.where?.columns.some((name) => [...partitionColumns, ...clusteringColumns].includes(name)) ?? false;

/** The values of a rule's slots. @throws the engine's error when one of them was refused. */
export const valuesOf = (slots: SharedSlots): Measurements => {
  for (const { error } of Object.values(slots)) if (error !== undefined) throw error;
  return Object.fromEntries(Object.entries(slots).map(([name, { value }]) => [name, value ?? null]));
};

/** Starts beside the scan what a rule asks by itself, where the engine gains by it and nothing of the scan is needed. */
export const startOwn = (rule: PreparedRule, session: MeasureSession): void => {
  const { own, followsScan } = handlerOf(rule.probe);
  if (!own || followsScan || !session.runner.warehouse.dialect.strategy.sideBySide) return;
  const started = own(rule.probe, rule, session, {});
  started.catch(() => undefined);
  session.started.set(rule, started);
};

/** Sends what a rule asks by itself unless that is under way, and joins it with what the scan gave. */
export const measureOwn = async (
  rule: PreparedRule,
  shared: Measurements,
  session: MeasureSession,
): Promise<Measured> => {
  const asked = session.started.get(rule) ?? handlerOf(rule.probe).own?.(rule.probe, rule, session, shared);
  const own = await asked;
  return { values: { ...shared, ...own?.values }, rows: own?.rows ?? [] };
};

/** The statements that a rule would send by itself, for the printed plan. */
export const plannedStatements = (rule: PreparedRule, asking: Asking): readonly PlannedProbe[] =>
  handlerOf(rule.probe).planned?.(rule.probe, rule, asking) ?? [];

/**
 * Writes what a rule wants measured, so that one that cannot be written does not spoil the scan it would share. A comparison
 * of two warehouses has another way where it cannot be written.
 * @throws PlanError why the dialect cannot write it.
 */
export const checkWritable = (rule: PreparedRule, { target, source }: PrepareOptions['sides']): void => {
  const { dialect } = target.warehouse;
  const shared = handlerOf(rule.probe).shared?.(rule.probe) ?? {};
  for (const expression of Object.values(shared)) dialect.expression(expression);
  if (target.warehouse !== source.warehouse) return;
  for (const { statement } of plannedStatements(rule, { dialect, sampleRows: 0 })) dialect.statement(statement);
};
