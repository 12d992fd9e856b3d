import { columnsRead } from './derive-rule.js';
import type { Fact, Finding } from './finding.js';
import type { OpenCase } from './open-case.js';

/** What is said where nothing was found: where the data comes in that is the source, else that it is not known, and what was not read. */
export const nothingFound = async ({ symptom, index, lab }: OpenCase): Promise<Finding> => {
  const { rule, dataset, path } = symptom;
  const [column = null] = columnsRead(rule, lab.types, await lab.sqlColumns(rule));
  const isSource = index.parentsOf(dataset.id).length === 0;
  return {
    ...{ dataset, column, operation: undefined, path },
    kind: isSource ? 'source' : 'unknown',
    confidence: isSource ? 'medium' : 'low',
    facts: [isSource ? sourceFact(dataset.name) : searchedFact(dataset.name), ...lab.unread.map(unreadFact)],
  };
};

const sourceFact = (dataset: string): Fact => ({
  kind: 'source',
  sentence: `Nothing that lineage knows of makes ${dataset}: it is where the data comes in.`,
  numbers: { dataset },
});

const searchedFact = (dataset: string): Fact => ({
  kind: 'nothing_found',
  sentence: `Nothing that was looked at of what ${dataset} is made from explains it, and no statement that could be tried otherwise.`,
  numbers: { dataset },
});

const unreadFact = ({ dataset, reason }: { readonly dataset: string; readonly reason: string }): Fact => ({
  kind: 'ancestor_unknown',
  sentence: `${dataset}: not measured: ${firstLine(reason)}.`,
  numbers: { dataset, reason },
});

/** Engines explain themselves over several lines, of which the first says what is wrong. */
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replace(/\.$/, '');
