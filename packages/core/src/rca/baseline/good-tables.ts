import { displayTableName } from '@aegis/rules';
import type { Rule, RuleResult, TracedDataset } from '@aegis/spec';
import type { RunPorts } from '../../ports.js';
import type { RunState } from '../../run-state.js';
import { Lab } from '../lab.js';
import { indexTrace, type TraceIndex } from '../trace-index.js';
import { type BaselineRuleId, baselineRuleId, profileRuleId } from './baseline-key.js';
import { judgesTables, readsRows, wholeTablesOf } from './whole-tables.js';

/** A table whose rules hold, under which id its figures are kept, and what it takes to ask for them. */
export interface GoodTable {
  readonly dataset: TracedDataset;
  readonly ruleId: BaselineRuleId;
  readonly lab: Lab;
}

/** Sources of tables on which every rule holds; those that a table is made from that fails are none. */
export const goodSources = async (state: RunState, ports: RunPorts): Promise<readonly GoodTable[]> => {
  const { plan, lineage } = ports;
  const traced = await Promise.all(
    plan.tables.map(async ({ rules: [rule], id, warehouse }) => {
      const trace = rule && (await lineage?.trace?.(displayTableName(rule.scope.table)));
      const index = trace && indexTrace(trace);
      if (!rule || !index) return [];
      const isGood = (state.outcomes[id]?.results ?? []).every(holds);
      const ruleId = baselineRuleId;
      return sourcesOf(index).map((dataset) => ({ dataset, ruleId, isGood, lab: new Lab(ports, rule, warehouse) }));
    }),
  );
  return goodOf(traced.flat(), ({ id }) => id);
};

const holds = ({ outcome }: RuleResult): boolean => outcome === 'pass' || outcome === 'not_applicable';

const sourcesOf = (index: TraceIndex): readonly TracedDataset[] =>
  index.datasets.filter(
    ({ id, isDropped, table }) =>
      id !== index.target.id && !isDropped && table !== null && index.parentsOf(id).length === 0,
  );

interface JudgedTable extends GoodTable {
  readonly isGood: boolean;
}

/** Each once, where everything that is known of it is good and it may be read. */
const goodOf = (
  tables: readonly JudgedTable[],
  identityOf: (dataset: TracedDataset) => string,
): readonly GoodTable[] => {
  const suspected = new Set(tables.filter(({ isGood }) => !isGood).map(({ dataset }) => identityOf(dataset)));
  const good = tables.filter(({ dataset, lab }) => !suspected.has(identityOf(dataset)) && lab.wantsBaseline(dataset));
  return [...new Map(good.map((each) => [identityOf(each.dataset), each])).values()];
};

/** Tables that are judged as a whole, of which all such rules hold: rules about single rows say nothing about them. */
export const goodWholeTables = ({ outcomes }: RunState, ports: RunPorts): readonly GoodTable[] => {
  const judged = Object.values(outcomes).flatMap(({ results }) =>
    results.flatMap((result) => judgedTables(result, ports)),
  );
  const read = new Set(judged.filter(({ isRead }) => isRead).map(({ dataset }) => placeOf(dataset)));
  return goodOf(judged, placeOf).filter(({ dataset }) => read.has(placeOf(dataset)));
};

const judgedTables = (result: RuleResult, ports: RunPorts) => {
  const rule = ports.rules.get(result.rule_id);
  if (!rule) return [];
  const { types } = ports.options;
  const [isGood, isRead] = [holds(result), readsRows(rule, types)];
  return wholeTablesIn(rule, result, ports).map((dataset) => ({
    ...{ dataset, isGood, isRead, ruleId: profileRuleId },
    lab: new Lab(ports, rule, result.warehouse),
  }));
};

/** None of a rule that names no table that there could be: its result says so. */
const wholeTablesIn = (rule: Rule, { warehouse }: RuleResult, { options }: RunPorts): readonly TracedDataset[] => {
  try {
    return wholeTablesOf(rule, warehouse, options.types).map(({ dataset }) => dataset);
  } catch {
    return [];
  }
};

const placeOf = ({ table, warehouse }: TracedDataset): string => JSON.stringify([warehouse, table]);

/** Whether there is a table of which a run keeps figures when it is good, lineage or not. */
export const judgesWholeTables = ({ plan, options: { types } }: RunPorts): boolean =>
  [...plan.tables.flatMap(({ rules }) => rules), ...plan.reconcile].some(
    (rule) => judgesTables(rule, types) && readsRows(rule, types),
  );
