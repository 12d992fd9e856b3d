import type { PlannedStatement, PlannedTable } from '@aegis/engine';
import type { Effects } from '../effects.js';
import { pipelineOptions } from './pipeline-options.js';
import { openRuleSet } from './rule-set.js';
import type { PlanOptions } from './run-options.js';

export interface PlannedRun {
  readonly tables: readonly PlannedTable[];
  readonly totals: PlanTotals;
}

export interface PlanTotals {
  readonly statements: number;
  /** Asked only if something before them says so. */
  readonly conditional: number;
  /** Of the statements that are not conditional; `null` where a warehouse does not say. */
  readonly bytes: number | null;
  readonly cost_usd: number | null;
  /** In the order of the plan. */
  readonly by_warehouse: { readonly [name: string]: PlanAmounts };
}

/** Bytes and money of the statements that are not conditional; `null` where the warehouse does not say. */
interface PlanAmounts {
  readonly statements: number;
  readonly bytes: number | null;
  readonly cost_usd: number | null;
}

/** What a run would send. Describes tables and asks for estimates; scans nothing. */
export const planRun = async (options: PlanOptions, effects: Effects): Promise<PlannedRun> => {
  const ruleSet = await openRuleSet(options, effects);
  try {
    const { createPipeline } = await import('@aegis/core');
    const tables = await createPipeline(pipelineOptions(ruleSet, options, effects)).plan();
    return { tables, totals: totalsOf(tables) };
  } finally {
    await ruleSet.warehouses.close();
  }
};

const totalsOf = (tables: readonly PlannedTable[]): PlanTotals => {
  const statements = tables.flatMap(({ task, statements: planned }) =>
    planned.map((statement) => ({ ...statement, warehouse: statement.warehouse ?? task.warehouse })),
  );
  const certain = statements.filter(({ conditional }) => !conditional);
  return {
    ...amountsOf(certain),
    conditional: statements.length - certain.length,
    by_warehouse: Object.fromEntries(
      [...new Set(statements.map(({ warehouse }) => warehouse))].map((name) => [
        name,
        amountsOf(certain.filter(({ warehouse }) => warehouse === name)),
      ]),
    ),
  };
};

const amountsOf = (statements: readonly PlannedStatement[]): PlanAmounts => ({
  statements: statements.length,
  bytes: total(statements.map(({ bytes }) => bytes)),
  cost_usd: total(statements.map(({ costUsd }) => costUsd)),
});

/** `null` as soon as one part is unknown. */
const total = (parts: readonly (number | undefined)[]): number | null =>
  parts.reduce<number | null>((sum, part) => (sum === null || part === undefined ? null : sum + part), 0);
