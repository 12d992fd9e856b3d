import type { TracedDataset } from '@aegis/spec';
import type { Fact, Finding, Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import { pathBetween } from '../path-between.js';
import { sameName, type TraceIndex } from '../trace-index.js';
import { daysBetween } from './days.js';
import { type SurveyedLoad, surveyLoads } from './survey-loads.js';

/** A dataset by one of its time columns. */
interface Loaded {
  readonly dataset: TracedDataset;
  readonly load: SurveyedLoad;
}

/** Days that are not there, and where they were lost. */
interface LostDays {
  readonly at: Loaded;
  readonly days: readonly string[];
  /** Whether they are the newest ones. */
  readonly isTail: boolean;
}

/** A day, or the newest days, that a dataset should have: placed where what it is made from still has them, else at the source. */
export const loadFinding = async (symptom: Symptom, index: TraceIndex, lab: Lab): Promise<Finding | undefined> => {
  const surveyed = await Promise.all(
    index.datasets.map(async (dataset) => (await surveyLoads(dataset, lab)).map((load): Loaded => ({ dataset, load }))),
  );
  const all = surveyed.flat();
  const newest =
    all
      .map(({ load }) => load.days.last)
      .sort()
      .at(-1) ?? '';
  const lost = all.flatMap((at) => lostDaysOf(at, newest)).filter((each) => !isInherited(each, all, index));
  const [worst] = lost.sort((a, b) => b.at.load.days.typicalRows - a.at.load.days.typicalRows);
  return worst && findingOf(worst, all, symptom, index);
};

const lostDaysOf = (at: Loaded, newest: string): readonly LostDays[] => {
  const { missing, last } = at.load.days;
  const behind = daysBetween(last, newest);
  return [
    ...(missing.length > 0 ? [{ at, days: missing, isTail: false }] : []),
    ...(behind >= 1 && behind <= 31 ? [{ at, days: [last], isTail: true }] : []),
  ];
};

/** Whether a dataset lacks what those that it is made from lack as well. */
const isInherited = ({ at, days, isTail }: LostDays, all: readonly Loaded[], index: TraceIndex): boolean => {
  const parents = parentsOf(at, all, index);
  return parents.some(({ load }) =>
    isTail ? load.days.last <= (days[0] ?? '') : days.every((day) => !load.present.has(day)),
  );
};

const parentsOf = ({ dataset, load }: Loaded, all: readonly Loaded[], index: TraceIndex): readonly Loaded[] =>
  index
    .inputsOf({ dataset: dataset.id, column: load.column })
    .flatMap(({ from }) =>
      all.filter((each) => each.dataset.id === from.dataset && sameName(each.load.column, from.column)),
    );

const findingOf = (
  { at, days, isTail }: LostDays,
  all: readonly Loaded[],
  symptom: Symptom,
  index: TraceIndex,
): Finding => {
  const { dataset, load } = at;
  const isMade = index.parentsOf(dataset.id).length > 0;
  return {
    ...{ dataset, column: load.column, kind: 'late_or_missing_load' },
    operation: isMade ? index.operationsOf(dataset.id).at(-1) : undefined,
    path: pathBetween(index, symptom.dataset, dataset),
    facts: [lostFact(at, days, isTail), ...parentsOf(at, all, index).map((parent) => parentFact(parent, days, isTail))],
    confidence: 'high',
  };
};

const lostFact = ({ dataset, load }: Loaded, days: readonly string[], isTail: boolean): Fact => ({
  kind: isTail ? 'stale' : 'missing_days',
  sentence: isTail
    ? `The newest ${load.column} of ${dataset.name} is ${days[0]}, days behind other tables of the pipeline.`
    : `${dataset.name} has no row with ${load.column} on ${shownDays(days)}; other days have about ${load.days.typicalRows}.`,
  numbers: { dataset: dataset.name, column: load.column, days: [...days], typical_rows: load.days.typicalRows },
  sql: load.sql,
});

const parentFact = ({ dataset, load }: Loaded, days: readonly string[], isTail: boolean): Fact => ({
  kind: 'parent_has_days',
  sentence: isTail
    ? `${dataset.name}, which it is made from, goes on to ${load.days.last}.`
    : `${dataset.name}, which it is made from, has rows on ${shownDays(days)}.`,
  numbers: { dataset: dataset.name, column: load.column, last: load.days.last },
  sql: load.sql,
});

const shownDays = (days: readonly string[]): string =>
  days.length <= 3 ? days.join(', ') : `${days.slice(0, 3).join(', ')} and ${days.length - 3} more days`;
