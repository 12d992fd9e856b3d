import type { RootCause, Rule } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { agreed, type Voice } from './agree.js';
import { columnsRead } from './derive-rule.js';
import type { Finding } from './finding.js';
import type { Spent } from './lab.js';
import { type OpenCase, openCase, type TracedFailure } from './open-case.js';
import { isMadeFrom, pathBetween } from './path-between.js';
import { findingsOf } from './table-findings.js';
import type { TraceIndex } from './trace-index.js';
import { relevantColumns } from './trials/relevant-columns.js';

export type { TracedFailure } from './open-case.js';

/** What was found about the failures of one table. */
export interface FoundCauses {
  /** By rule id; a rule whose table lineage does not know is not in it. */
  readonly causes: ReadonlyMap<string, RootCause>;
  readonly spent: Spent;
}

/** What the failing rules of one table found by themselves. */
interface Table {
  readonly cases: readonly OpenCase[];
  readonly voices: readonly Voice[];
  readonly spent: Spent;
}

/**
 * Looks for the causes of failures of one table. Rules that fail together share what they measure, and agree on what they
 * have in common with failures of the tables that theirs is made from.
 */
export const findRootCauses = async (failures: readonly TracedFailure[], ports: RunPorts): Promise<FoundCauses> => {
  const table = await tableOf(failures, ports);
  const above = await voicesAbove(table, ports);
  const found = await Promise.all(
    table.cases.map(async (each): Promise<readonly (readonly [string, RootCause])[]> => {
      const cause = await causeOf(each, [...table.voices, ...above]);
      return cause ? [[each.symptom.rule.id, cause]] : [];
    }),
  );
  return { causes: new Map(found.flat()), spent: table.spent };
};

const tables = new WeakMap<RunPorts, Map<string, Promise<Table>>>();

/** The same answer for the same failures, whoever asks first. */
const tableOf = (failures: readonly TracedFailure[], ports: RunPorts): Promise<Table> => {
  const known = tables.get(ports) ?? new Map<string, Promise<Table>>();
  tables.set(ports, known);
  const key = JSON.stringify(failures.map(({ rule }) => rule.id));
  const table = known.get(key) ?? lookInto(failures, ports);
  known.set(key, table);
  return table;
};

const lookInto = async (failures: readonly TracedFailure[], ports: RunPorts): Promise<Table> => {
  const cases: OpenCase[] = [];
  for (const failure of failures) {
    const opened = await openCase(failure, cases[0]?.lab, ports);
    if (opened) cases.push(opened);
  }
  const findings = await findingsOf(cases, passingBeside(failures, ports), ports);
  const voices = cases.flatMap(({ symptom }, index) => {
    const finding = findings[index];
    return finding ? [{ ruleId: symptom.rule.id, finding }] : [];
  });
  return { cases, voices, spent: cases[0]?.lab.spent ?? { statements: 0, bytesScanned: 0 } };
};

/** Rules of the same table that hold. */
const passingBeside = (failures: readonly TracedFailure[], { plan }: RunPorts): readonly Rule[] => {
  const failing = new Set(failures.map(({ rule }) => rule.id));
  const task = plan.tables.find(({ rules }) => rules.some(({ id }) => failing.has(id)));
  return task?.rules.filter(({ id }) => !failing.has(id)) ?? [];
};

/** What the failing rules of tables found that this one is made from, and other rules of its own. Only tables that this process measures are asked. */
const voicesAbove = async ({ cases }: Table, ports: RunPorts): Promise<readonly Voice[]> => {
  const [first] = cases;
  if (!first) return [];
  const { index, symptom } = first;
  const ids = new Set(cases.map((each) => each.symptom.rule.id));
  const above = await Promise.all(
    ports.plan.tables.map(async ({ id, rules, warehouse }) => {
      const dataset = rules[0] && datasetOf(rules[0], warehouse, first);
      const isBeside = dataset && !isMadeFrom(index, dataset.id, symptom.dataset.id);
      if (!isBeside || rules.some((rule) => ids.has(rule.id))) return [];
      const failures = await failuresOf(id, ports);
      return failures.length === 0 ? [] : (await tableOf(failures, ports)).voices;
    }),
  );
  return above.flat();
};

const datasetOf = ({ scope }: Rule, warehouse: string, { index, lab }: OpenCase) =>
  index.datasets.find(
    (dataset) =>
      dataset.table !== null &&
      lab.warehouseNameOf(dataset) === warehouse &&
      JSON.stringify(dataset.table).toLowerCase() === JSON.stringify(scope.table).toLowerCase(),
  );

const failuresOf = async (taskId: string, ports: RunPorts): Promise<readonly TracedFailure[]> => {
  const outcome = await ports.startedTable(taskId);
  return (outcome?.results ?? []).flatMap((result) => {
    const rule = ports.rules.get(result.rule_id);
    return rule && (result.outcome === 'fail' || result.outcome === 'warn') ? [{ rule, result }] : [];
  });
};

/** What a rule may say, given what all rules found that have to do with it. */
const causeOf = async ({ symptom, index, lab }: OpenCase, voices: readonly Voice[]): Promise<RootCause | undefined> => {
  const { rule } = symptom;
  const columns = columnsRead(rule, lab.types, await lab.sqlColumns(rule));
  const relevant = columns.length === 0 ? undefined : relevantColumns(index, index.target.id, columns);
  const heard = voices.filter(
    ({ ruleId, finding: { dataset, column } }) =>
      ruleId === rule.id ||
      (index.dataset(dataset.id) !== undefined &&
        (column === null || !relevant || relevant.get(dataset.id)?.has(column.toLowerCase()) === true)),
  );
  const voice = agreed(heard, rule.id);
  return voice && wireForm(voice, rule.id, index);
};

/** In the wire form of the report. */
const wireForm = ({ finding, ruleId }: Voice, own: string, index: TraceIndex): RootCause => {
  const { dataset, column, operation, kind, path, facts, confidence } = finding;
  const evidence = [...(ruleId === own ? [] : [sharedFact(ruleId, finding)]), ...facts, ...index.gaps.map(gapFact)];
  return {
    ...{ dataset: dataset.name, column, operation: operation?.name ?? null, kind, confidence },
    path: ruleId === own ? wayUp(path, dataset, index) : pathBetween(index, index.target, dataset),
    evidence: evidence.map((fact, position) => ({ id: `c${position + 1}`, ...fact })),
  };
};

/** Keys are followed across tables that are not made from each other: told is the way that the data takes, where there is one. */
const wayUp = (path: readonly string[], dataset: Finding['dataset'], index: TraceIndex): readonly string[] =>
  isWay(path, index) || !isMadeFrom(index, index.target.id, dataset.id)
    ? path
    : pathBetween(index, index.target, dataset);

const isWay = (path: readonly string[], index: TraceIndex): boolean =>
  path.every((name, position) => {
    const child = position === 0 ? undefined : index.datasets.find((each) => each.name === path[position - 1]);
    return position === 0 || (child && index.parentsOf(child.id).some((parent) => parent.name === name)) === true;
  });

const sharedFact = (ruleId: string, { dataset }: Finding) => ({
  kind: 'shared_cause',
  sentence: `${ruleId} fails as well, and what it finds at ${dataset.name} is upstream of this failure too.`,
  numbers: { rule: ruleId, dataset: dataset.name },
});

const gapFact = (gap: string) => ({ kind: 'lineage_gap', sentence: `Lineage is incomplete: ${gap}.`, numbers: {} });
