import type { Rule } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { changedSourceFinding } from './baseline/changed-source-finding.js';
import { withChange } from './baseline/with-change.js';
import { columnsRead } from './derive-rule.js';
import { explain } from './explain.js';
import type { Finding } from './finding.js';
import type { OpenCase } from './open-case.js';
import { askedSites, judgeAll } from './read-sites.js';
import { repairFinding } from './repair-finding.js';
import { relevantColumns } from './trials/relevant-columns.js';
import { bestRepair } from './trials/repair.js';
import { runTrials, type Trial } from './trials/run-trials.js';

/** What each failing rule of one table finds by itself; in the order of the cases, `undefined` where it finds nothing. */
export const findingsOf = async (
  cases: readonly OpenCase[],
  passing: readonly Rule[],
  ports: RunPorts,
): Promise<readonly (Finding | undefined)[]> => {
  await readTogether(cases);
  const walked = await Promise.all(cases.map(({ symptom, index, lab }) => explain(symptom, index, lab)));
  const changed = await Promise.all(cases.map(changedSourceOf));
  const isTold = changed.every((finding) => finding?.confidence === 'high');
  const trials = isTold ? [] : await trialsOf(cases, passing, ports);
  const before = cases.map(({ symptom }) => symptom.reading);
  const findings = cases.map(({ symptom, index }, position) => {
    const repair = bestRepair(trials, before, position);
    const repaired = repair && repairFinding(repair, symptom, cases.length, index);
    return withChange(chosen(walked[position], repaired), changed[position]);
  });
  return Promise.all(findings.map((finding, position) => withSegments(finding, cases[position])));
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
const withSegments = async (
  finding: Finding | undefined,
  opened: OpenCase | undefined,
): Promise<Finding | undefined> => {
  if (!finding?.entry || !opened || finding.entry.dataset.id === opened.index.target.id) return finding;
  const segments = await opened.lab.segments(finding.entry);
  return { ...finding, facts: [...finding.facts, ...segments] };
};

/** What every failure will ask first, dataset by dataset: one fused statement answers all of them. */
const readTogether = async (cases: readonly OpenCase[]): Promise<void> => {
  const [first] = cases;
  const asked = await Promise.all(cases.map(async (each) => (await askedSites(each.symptom, each)).slice(1)));
  if (first) await judgeAll(asked.flat(), first.lab);
};

/** Trials are for failures that a table's own statements can bring about: those of one table, judged by itself. */
const trialsOf = async (
  cases: readonly OpenCase[],
  passing: readonly Rule[],
  ports: RunPorts,
): Promise<readonly Trial[]> => {
  const [first] = cases;
  if (!first) return [];
  const { lab, index } = first;
  const symptoms = cases.map(({ symptom }) => symptom);
  const columns = await Promise.all(
    symptoms.map(async ({ rule }) => columnsRead(rule, lab.types, await lab.sqlColumns(rule))),
  );
  const guards = passing.filter(({ type }) => ports.options.types.get(type).category !== 'uniqueness');
  const isAboutRows = columns.some((names) => names.length === 0);
  return runTrials({ symptoms, columns: isAboutRows ? undefined : columns.flat(), guards }, index, lab);
};

/** A trial that mends the rule says more than a walk; a walk that is as sure and names the same step says it in more detail. */
const chosen = (walked: Finding | undefined, repaired: Finding | undefined): Finding | undefined => {
  if (!walked || !repaired) return repaired ?? walked;
  if (repaired.dataset.id === walked.dataset.id) return { ...repaired, facts: [...repaired.facts, ...walked.facts] };
  return rankOf(walked) < rankOf(repaired) ? walked : { ...repaired, facts: [...repaired.facts, ...walked.facts] };
};

const confidences: readonly Finding['confidence'][] = ['high', 'medium', 'low'];

/** What is not known is less than any guess that was tried. */
const rankOf = ({ kind, confidence }: Finding): number =>
  kind === 'unknown' ? confidences.length : confidences.indexOf(confidence);
