import { displayTableName } from '@aegis/rules';
import type { LineageTrace, RootCause, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { explain } from './explain.js';
import type { Finding, Symptom } from './finding.js';
import { Lab, type Spent } from './lab.js';
import { askedSites, judgeAll } from './read-sites.js';
import { readingOf } from './reading.js';
import { indexTrace, type TraceIndex } from './trace-index.js';

export interface TracedFailure {
  readonly rule: Rule;
  readonly result: RuleResult;
}

/** What was found about one failure; `cause` is `null` where lineage does not know its table. */
export interface FoundCause {
  readonly cause: RootCause | null;
  readonly spent: Spent;
}

/** Looks for the causes of failures of one table, which share what they measure. In the order of the failures. */
export const findRootCauses = async (
  failures: readonly TracedFailure[],
  ports: RunPorts,
): Promise<readonly FoundCause[]> => {
  const opened = await Promise.all(failures.map(async (failure) => openCase(failure, ports)));
  const [shared] = opened.flatMap((each) => each ?? []);
  if (!shared) return failures.map(() => ({ cause: null, spent: noCost }));
  await readTogether(opened, shared.lab);
  return Promise.all(opened.map(async (each) => (each ? found(each) : { cause: null, spent: noCost })));
};

const noCost: Spent = { statements: 0, bytesScanned: 0 };

interface OpenCase {
  readonly symptom: Symptom;
  readonly index: TraceIndex;
  readonly lab: Lab;
}

const openCase = async ({ rule, result }: TracedFailure, ports: RunPorts): Promise<OpenCase | undefined> => {
  const traces = await tracesOf(rule, ports);
  const index = traces && indexTrace(traces);
  if (!index) return undefined;
  const symptom = { dataset: index.target, rule, reading: readingOf(result, undefined), path: [index.target.name] };
  return { symptom, index, lab: new Lab(ports, rule, result.warehouse) };
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

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] => [
  ...new Map([...items].reverse().map((item) => [item.id, item])).values(),
];

/** What every failure will ask first, dataset by dataset: one fused statement answers all of them. */
const readTogether = async (cases: readonly (OpenCase | undefined)[], lab: Lab): Promise<void> => {
  const asked = await Promise.all(
    cases.map(async (each) => (each ? (await askedSites(each.symptom, each)).slice(1) : [])),
  );
  await judgeAll(asked.flat(), lab);
};

const found = async ({ symptom, index, lab }: OpenCase): Promise<FoundCause> => {
  const finding = await explain(symptom, index, lab);
  return { cause: finding ? causeOf(finding, index) : null, spent: lab.spent };
};

/** In the wire form of the report. */
const causeOf = (
  { dataset, column, operation, kind, path, facts, confidence }: Finding,
  index: TraceIndex,
): RootCause => ({
  dataset: dataset.name,
  column,
  operation: operation?.name ?? null,
  kind,
  confidence,
  path,
  evidence: [...facts, ...index.gaps.map(gapFact)].map((fact, position) => ({ id: `c${position + 1}`, ...fact })),
});

const gapFact = (gap: string) => ({ kind: 'lineage_gap', sentence: `Lineage is incomplete: ${gap}.`, numbers: {} });
