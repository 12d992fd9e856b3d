import type { Rule } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { changedSourceFinding } from './baseline/changed-source-finding.js';
import { withChange } from './baseline/with-change.js';
import { columnsRead } from './derive-rule.js';
import { explain } from './explain.js';
import type { Finding } from './finding.js';
import { nothingFound } from './nothing-found.js';
import type { OpenCase } from './open-case.js';
import { askedSites, judgeAll } from './read-sites.js';
import { repairFinding } from './repair-finding.js';
import { relevantColumns } from './trials/relevant-columns.js';
import { openWorkshop } from './trials/remake.js';
import { bestRepair } from './trials/repair.js';
import { runTrials } from './trials/run-trials.js';
import { verifiedFinding } from './verify-finding.js';

/** What each failing rule of one table finds by itself; in the order of the cases. */
export const findingsOf = async (
  cases: readonly OpenCase[],
  passing: readonly Rule[],
  ports: RunPorts,
): Promise<readonly Finding[]> => {
  await readTogether(cases);
  const walked = await Promise.all(cases.map(({ symptom, index, lab }) => explain(symptom, index, lab)));
  const changed = await Promise.all(cases.map(changedSourceOf));
  const isTold = changed.every((finding) => finding?.confidence === 'high');
  const found = isTold ? walked : await tried(walked, cases, passing, ports);
  return Promise.all(
    cases.map(async (opened, position) =>
      withSegments(withChange(found[position], changed[position]) ?? (await nothingFound(opened)), opened),
    ),
  );
};

/** What walks found, next to what trials of the statements on the way find. */
const tried = async (
  walked: readonly (Finding | undefined)[],
  cases: readonly OpenCase[],
  passing: readonly Rule[],
  ports: RunPorts,
): Promise<readonly (Finding | undefined)[]> => {
  const [first] = cases;
  if (!first) return walked;
  const { lab, index } = first;
  const symptoms = cases.map(({ symptom }) => symptom);
  const guards = passing.filter(({ type }) => ports.options.types.get(type).category !== 'uniqueness');
  const workshop = await openWorkshop({ symptoms, guards }, index, lab);
  const columns = await Promise.all(
    symptoms.map(async ({ rule }) => columnsRead(rule, lab.types, await lab.sqlColumns(rule))),
  );
  const trials = await runTrials(columns, workshop, index);
  const before = symptoms.map(({ reading }) => reading);
  return Promise.all(
    symptoms.map((symptom, position) => {
      const repair = bestRepair(trials, before, position);
      const repaired = repair && repairFinding(repair, symptom, cases.length, index);
      const failure = { symptom, position, column: columns[position]?.[0] ?? null };
      return verifiedFinding(chosen(walked[position], repaired), failure, workshop);
    }),
  );
};

/** What only the past of a source can tell. */
const changedSourceOf = async ({ symptom, index, lab }: OpenCase): Promise<Finding | undefined> => {
  const columns = columnsRead(symptom.rule, lab.types, await lab.sqlColumns(symptom.rule));
  const { tables = {} } = lab.types.get(symptom.rule.type).requires(symptom.rule.params);
  const isOfAll = columns.length === 0 || Object.keys(tables).length > 0;
  const relevant = isOfAll ? undefined : relevantColumns(index, index.target.id, columns);
  return changedSourceFinding(symptom, relevant, index, lab);
};

/** What the rows have in common where they enter; of the failing table itself, the diagnosis says so. */
const withSegments = async (finding: Finding, { index, lab }: OpenCase): Promise<Finding> => {
  if (!finding.entry || finding.entry.dataset.id === index.target.id) return finding;
  const segments = await lab.segments(finding.entry);
  return { ...finding, facts: [...finding.facts, ...segments] };
};

/** What every failure will ask first, dataset by dataset: one fused statement answers all of them. */
const readTogether = async (cases: readonly OpenCase[]): Promise<void> => {
  const [first] = cases;
  const asked = await Promise.all(cases.map(async (each) => (await askedSites(each.symptom, each)).slice(1)));
  if (first) await judgeAll(asked.flat(), first.lab);
};

/**
 * A trial that mends the rule says more than a walk; a walk that is as sure and names the same step says it in more detail. Of a
 * walk to another place only readings stay true.
 */
const chosen = (walked: Finding | undefined, repaired: Finding | undefined): Finding | undefined => {
  if (!walked || !repaired) return repaired ?? walked;
  if (repaired.dataset.id === walked.dataset.id) return { ...repaired, facts: [...repaired.facts, ...walked.facts] };
  if (rankOf(walked) < rankOf(repaired)) return walked;
  return {
    ...repaired,
    facts: [...repaired.facts, ...walked.facts.filter(({ kind }) => kind.startsWith('ancestor_'))],
  };
};

const confidences: readonly Finding['confidence'][] = ['high', 'medium', 'low'];

/** What is not known is less than any guess that was tried. */
const rankOf = ({ kind, confidence }: Finding): number =>
  kind === 'unknown' ? confidences.length : confidences.indexOf(confidence);
