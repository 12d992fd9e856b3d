import type { CauseKind, Fact, Finding, Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import { pathBetween } from '../path-between.js';
import type { TraceIndex } from '../trace-index.js';
import type { RelevantColumns } from '../trials/relevant-columns.js';
import type { Change, Segment } from './changes.js';
import { type ChangedSource, surveyChanges } from './survey-changes.js';
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
  readonly source: ChangedSource;
  readonly change: Change;
}

/** The change that all others follow from, where it reaches what fails; else the strongest that does. */
const concerning = (source: ChangedSource, relevant: RelevantColumns | undefined): readonly Concerning[] => {
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

const changeFact = ({ dataset, since }: ChangedSource, change: Change): Omit<Fact, 'sql'> => {
  const { kind, column, before, after, segment } = change;
  const where = segment ? `, where ${segmentWords(segment)}` : '';
  return {
    kind: 'changed_since_baseline',
    sentence: `${dataset.name} is not what it was on ${since.slice(0, 10)}, when all rules on it held${where}: ${wordsOf(change)}.`,
    numbers: {
      ...{ dataset: dataset.name, change: kind, before, after, baseline: since },
      ...(column !== null && { column }),
      ...(segment && { segment: { [segment.dimension]: segment.value }, is: segment.is }),
    },
  };
};

const segmentWords = ({ dimension, value, is }: Segment): string =>
  ({
    equal: `${dimension} = ${value}`,
    from: `${dimension} is from ${value} on`,
    on_day: `${dimension} is on ${value}`,
  })[is];

const wordsOf = ({ kind, column, measure, before, after }: Change): string => {
  const [from, to] = [shown(before), shown(after)];
  const mean = {
    number: 'the mean of',
    hours: 'the mean minute of the day of',
    days: 'the mean day of',
    length: 'the mean length of',
  };
  const words: { readonly [each in Change['kind']]: string } = {
    lost: `of ${from} rows ${to} are left`,
    added: `of rows that were ${from} there are ${to}`,
    nulls: `${column} is NULL in ${percent(after)} of rows, after ${percent(before)}`,
    values:
      measure === 'days'
        ? `${column} is ${shown(Math.abs(after - before))} days off on average`
        : `${mean[measure ?? 'number']} ${column} is ${to}, after ${from}`,
    categories: `${percent(after)} of rows have another ${column}`,
    repeats: `values of ${column} repeat that were unique`,
  };
  return words[kind];
};

const shown = (figure: number): string => Number(figure.toPrecision(6)).toString();
const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
