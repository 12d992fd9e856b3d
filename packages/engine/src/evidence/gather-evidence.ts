import type { Warehouse, WarehouseSnapshot } from '@aegis/spec';
import { StatementRunner, shareOf } from '../execute/runner.js';
import type { ExecuteOptions } from '../types.js';
import { type Collect, collected, unfound } from './collect.js';
import type { Cases } from './evidence-table.js';
import { explainPortion } from './explain-portion.js';
import type { Fact } from './fact.js';
import { type EvidenceOptions, type FailedRule, type SortedRules, sortRules } from './failed-rule.js';
import { historyFacts } from './history-facts.js';
import { volumeFacts } from './volume-facts.js';

/** What was found out about one failure, and what that cost. */
export interface GatheredEvidence {
  /** The most telling first. */
  readonly facts: readonly Fact[];
  readonly notes: readonly string[];
  /** The rule's share. */
  readonly statements: number;
  readonly durationMs: number;
  /** `null` where the warehouse does not say. */
  readonly bytesScanned: number | null;
}

/**
 * Looks for what the failing rows of one table have in common, in a bounded number of statements, which count as optional.
 * Where no sample rows are wanted, none are read here either. Never rejects for what concerns evidence: a note says what could
 * not be looked at. Answers by rule id.
 */
export const gatherEvidence = async (
  failed: readonly FailedRule[],
  warehouse: Warehouse,
  options: EvidenceOptions,
): Promise<ReadonlyMap<string, GatheredEvidence>> => {
  const found = new Map(failed.map(({ rule }) => [rule.id, { facts: [] as Fact[], notes: [] as string[] }]));
  const collect: Collect = (ruleId, { facts = [], note }) => {
    found.get(ruleId)?.facts.push(...facts);
    if (note !== undefined) found.get(ruleId)?.notes.push(note);
  };
  const sent = options.sampleRows === 0 ? [] : await fromWarehouse(failed, warehouse, options, collect);
  await fromHistory(failed, options, collect);
  return new Map([...found].map(([id, { facts, notes }]) => [id, { facts, notes, ...shareOf(id, sent) }]));
};

const fromWarehouse = async (
  failed: readonly FailedRule[],
  warehouse: Warehouse,
  options: EvidenceOptions,
  collect: Collect,
): Promise<StatementRunner['sent']> => {
  let snapshot: WarehouseSnapshot | undefined;
  let runner = runnerFor(warehouse, failed, options);
  try {
    await warehouse.connect();
    snapshot = await warehouse.snapshot?.(runner.statementOptions);
    if (snapshot) runner = runnerFor(snapshot, failed, options);
    await lookInto(await sortRules(failed, runner, options), runner, collect);
  } catch (error) {
    for (const { rule } of failed) collect(rule.id, { note: unfound(error) });
  } finally {
    await snapshot?.release();
  }
  return runner.sent;
};

const runnerFor = (
  warehouse: Warehouse,
  [first]: readonly FailedRule[],
  { signal, timeoutMs, runId, onEvent }: ExecuteOptions,
): StatementRunner => {
  const table = first?.result.table ?? '';
  return new StatementRunner(warehouse, {
    signal,
    timeoutMs,
    label: `aegis run=${runId} evidence=${table}`,
    onSent: ({ durationMs }) => onEvent?.({ type: 'statement_finished', table, durationMs }),
  });
};

/** One after the other: a statement that fails may end the state that all are read from. */
const lookInto = async ({ rows, tables }: SortedRules, runner: StatementRunner, collect: Collect): Promise<void> => {
  for (const cases of rows.flatMap(inPortions)) await explainPortion(cases, runner, collect);
  for (const table of tables) {
    await collected(table.ruleIds, collect, async () => {
      const facts = await volumeFacts(table, runner);
      for (const id of table.ruleIds) collect(id, { facts });
    });
  }
};

/** A statement counts every pair of rules: of too many, engines overflow. Rules of different portions are not compared. */
const mostAtOnce = 30;

const inPortions = ([first, ...others]: Cases): readonly Cases[] => {
  const rest = others.slice(mostAtOnce - 1);
  const [next, ...further] = rest;
  const portion: Cases = [first, ...others.slice(0, mostAtOnce - 1)];
  return next === undefined ? [portion] : [portion, ...inPortions([next, ...further])];
};

const fromHistory = async (
  failed: readonly FailedRule[],
  options: EvidenceOptions,
  collect: Collect,
): Promise<void> => {
  for (const { rule, measured } of failed) {
    await collected([rule.id], collect, async () =>
      collect(rule.id, { facts: await historyFacts(rule, measured, options) }),
    );
  }
};
