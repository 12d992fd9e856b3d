import { loadParser } from '@aegis/sql/parse';
import { readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { judgeAll, ruleAt } from './read-sites.js';
import { pathTo, type Site } from './sites.js';
import { sameName } from './trace-index.js';
import { readStep } from './trials/candidates.js';
import { columnsIn } from './trials/edit-tree.js';
import { selectLists } from './trials/expression-edits.js';
import type { Walked } from './walk.js';

/** Whether lineage does not say what a column is made from, and no statement makes it of constants or by counting rows. */
export const isUnfed = async ({ entry }: Walked, column: string, { index, lab }: Case): Promise<boolean> => {
  if (index.allInputsOf({ dataset: entry.dataset.id, column }).length > 0) return false;
  const parser = await loadParser();
  const step = readStep(entry.dataset, index, parser, lab.dialectOf(index.target).parserName);
  const lists = (step?.statements ?? []).flatMap(({ query }) => selectLists(query));
  return !lists.some((each) => sameName(each.column, column) && columnsIn(each.node).length === 0);
};

/** Said, not guessed; beside it what the rule reads of columns of that name in the tables above. */
export const explainUnfed = async (symptom: Symptom, walked: Walked, context: Case): Promise<Finding> => {
  const { dataset, columns } = walked.entry;
  const parents = context.index.parentsOf(dataset.id);
  const names = parents.map(({ name }) => name).join(', ');
  const columnText = columns.length === 0 ? 'the rule reads' : columns.join(', ');
  return {
    ...{ dataset, column: columns[0] ?? null, operation: undefined, kind: 'unknown', confidence: 'low' },
    path: extended(symptom.path, pathTo(walked.entry)),
    facts: [
      {
        kind: 'columns_unknown',
        sentence: `Lineage does not say what ${columnText} of ${dataset.name} is made from; it knows that ${dataset.name} is made from ${names}.`,
        numbers: { dataset: dataset.name, made_from: parents.map(({ name }) => name) },
      },
      ...(await namesakeFacts(symptom, walked.entry, context)),
    ],
  };
};

const namesakeFacts = async ({ rule }: Symptom, entry: Site, { index, lab }: Case): Promise<readonly Fact[]> => {
  if (entry.columns.length === 0) return [];
  const asked = index.parentsOf(entry.dataset.id).map((dataset) => {
    const site: Site = { dataset, columns: entry.columns, child: entry };
    return { site, rule: ruleAt(rule, site, entry.columns, lab) };
  });
  const readings = await judgeAll(asked, lab);
  return asked.flatMap(({ site }, position) => {
    const reading = readings[position];
    return reading && reading.code !== 'plan/missing-column' ? [readingFact(site, reading)] : [];
  });
};
