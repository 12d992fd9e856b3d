import type { CauseKind, Fact, Finding, Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import { pathBetween } from '../path-between.js';
import type { TraceIndex } from '../trace-index.js';
import type { RelevantColumns } from '../trials/relevant-columns.js';
import { changeNumbers, changeWords, segmentWords } from './change-words.js';
import type { Change } from './changes.js';
import { type ChangedTable, surveyChanges } from './survey-changes.js';
import { bySurety } from './table-changes.js';

/** A source that the failing figures come from and that is not as it was: of several, the one that changed most. */
export const changedSourceFinding = async (
  symptom: Symptom,
  relevant: RelevantColumns | undefined,
  index: TraceIndex,
  lab: Lab,
): Promise<Finding | undefined> => {
  const sources = index.datasets.filter(({ id }) => index.parentsOf(id).length === 0 && (relevant?.has(id) ?? true));
  const surveyed = await Promise.all(sources.map((dataset) => surveyChanges(dataset, lab)));
  const [found] = surveyed
    .flatMap((source) => (source ? concerning(source, relevant) : []))
    .sort((a, b) => bySurety(a.change, b.change));
  return found && findingOf(found, symptom, index);
};

interface Concerning {
  readonly source: ChangedTable;
  readonly change: Change;
}

/** The change that all others follow from, where it reaches what fails; else the strongest that does. */
const concerning = (source: ChangedTable, relevant: RelevantColumns | undefined): readonly Concerning[] => {
  const columns = relevant?.get(source.dataset.id);
  const reaches = ({ column }: Change) => column === null || !columns || columns.has(column.toLowerCase());
  const { principal, all } = source;
  const change = principal && reaches(principal) ? principal : all.find(reaches);
  return change ? [{ source, change }] : [];
};

const findingOf = ({ source, change }: Concerning, symptom: Symptom, index: TraceIndex): Finding => {
  const { dataset, isProven, sql } = source;
  return {
    ...{ dataset, column: change.column, operation: undefined, kind: kindOf(change) },
    path: pathBetween(index, symptom.dataset, dataset),
    facts: [{ ...changeFact(source, change), sql }],
    confidence: isProven && change.isCertain ? 'high' : 'medium',
  };
};

const kindOf = ({ kind, after, segment }: Change): CauseKind => {
  if (kind === 'added' || kind === 'repeats') return 'duplicate_load';
  const isOfDays = segment !== null && segment.is !== 'equal';
  return kind === 'lost' && (isOfDays || after === 0) ? 'late_or_missing_load' : 'source';
};

const changeFact = ({ dataset, since }: ChangedTable, change: Change): Omit<Fact, 'sql'> => {
  const where = change.segment ? `, ${segmentWords(change.segment)}` : '';
  return {
    kind: 'changed_since_baseline',
    sentence: `${dataset.name} is not what it was on ${since.slice(0, 10)}, when all rules on it held${where}: ${changeWords(change)}.`,
    numbers: { dataset: dataset.name, baseline: since, ...changeNumbers(change) },
  };
};
