import type { StatementOptions } from '@aegis/spec';
import type { Catalog } from '../plan/catalog.js';
import type { PreparedRule } from '../plan/prepare.js';
import { answerFromStatistics } from '../plan/statistics.js';
import { type SharedSlots, valuesOf, wantMeasures } from './measure.js';
import { scanAll } from './scan.js';
import type { MeasureSession } from './session.js';
import { SlotGroups } from './slots.js';

/** Fills the slots that exact statistics answer. They describe whole tables, so a filter rules them out. */
export const answerFromMetadata = async (
  groups: SlotGroups,
  catalog: Catalog,
  options: StatementOptions,
): Promise<void> => {
  for (const group of groups.all) {
    if (group.from.where || group.open.length === 0) continue;
    const statistics = await catalog.statistics(group.from.table, options);
    if (!statistics) continue;
    for (const slot of group.open) {
      const value = answerFromStatistics(slot.expression, statistics);
      if (value !== undefined) slot.value = value;
    }
  }
};

/** A rule with what it shares of the scans so far, or the error that its refinement ended in. */
export interface Measuring {
  readonly rule: PreparedRule;
  readonly slots: SharedSlots;
  readonly error?: unknown;
}

/** The second pass of the types that need one, fused like the first. */
export const refine = async (rules: readonly Measuring[], session: MeasureSession): Promise<readonly Measuring[]> => {
  const second: MeasureSession = { ...session, groups: new SlotGroups() };
  const refined = rules.map((measuring) => refineOne(measuring, second));
  await scanAll(second.groups, session.runner);
  return refined;
};

const refineOne = ({ rule, slots }: Measuring, second: MeasureSession): Measuring => {
  try {
    const probe = rule.type.refine?.(valuesOf(slots), rule.context);
    return { rule, slots: probe ? { ...slots, ...wantMeasures(rule, probe.measures, second) } : slots };
  } catch (error) {
    return { rule, slots, error };
  }
};
