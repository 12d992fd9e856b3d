import { displayTableName } from '@aegis/rules';
import type { LineageTrace, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { Symptom } from './finding.js';
import { Lab } from './lab.js';
import { readingOf } from './reading.js';
import { indexTrace, type TraceIndex } from './trace-index.js';

export interface TracedFailure {
  readonly rule: Rule;
  readonly result: RuleResult;
}

/** A failure whose table lineage knows, and what it takes to look into it. */
export interface OpenCase {
  readonly symptom: Symptom;
  readonly index: TraceIndex;
  readonly lab: Lab;
}

/** `undefined` where lineage does not know the table. */
export const openCase = async (
  { rule, result }: TracedFailure,
  lab: Lab | undefined,
  ports: RunPorts,
): Promise<OpenCase | undefined> => {
  const traces = await tracesOf(rule, ports);
  const index = traces && indexTrace(traces);
  if (!index) return undefined;
  const symptom = { dataset: index.target, rule, reading: readingOf(result, undefined), path: [index.target.name] };
  return { symptom, index, lab: lab ?? new Lab(ports, rule, result.warehouse) };
};

/** The lineage of the table, and of tables that the rule compares it with. */
const tracesOf = async (rule: Rule, { lineage, options }: RunPorts): Promise<LineageTrace | undefined> => {
  const { tables = {} } = options.types.get(rule.type).requires(rule.params);
  const [own, ...others] = await Promise.all(
    [displayTableName(rule.scope.table), ...Object.values(tables)].map((name) =>
      name === undefined ? undefined : lineage?.trace?.(name),
    ),
  );
  return own && others.reduce<LineageTrace>((merged, trace) => (trace ? joined(merged, trace) : merged), own);
};

const joined = (left: LineageTrace, right: LineageTrace): LineageTrace => ({
  target: left.target,
  datasets: byId([...left.datasets, ...right.datasets]),
  operations: byId([...left.operations, ...right.operations]),
  columns: [...new Map([...left.columns, ...right.columns].map((edge) => [JSON.stringify(edge), edge])).values()],
  gaps: [...new Set([...left.gaps, ...right.gaps])],
});

/** The first of each id, in order. */
const byId = <Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] => {
  const known = new Map<string, Item>();
  for (const item of items) if (!known.has(item.id)) known.set(item.id, item);
  return [...known.values()];
};
