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
  /** The same column where it comes from. */
  readonly parents: readonly Loaded[];
}

/** Days that are not there, and where they were lost. */
interface LostDays {
  readonly at: Loaded;
  readonly days: readonly string[];
  /** Whether they are the newest ones. */
  readonly isTail: boolean;
}

/**
 * A day, or the newest days, that a dataset should have: placed where what it is made from still has them, else at the source.
 * Only datasets that are looked into are read, and times that are counted together are none.
 */
export const loadFinding = async (
  symptom: Symptom,
  datasets: readonly TracedDataset[],
  index: TraceIndex,
  lab: Lab,
): Promise<Finding | undefined> => {
  const surveyed = await Promise.all(
    datasets.map(async (dataset) => (await surveyLoads(dataset, lab)).map((load) => ({ dataset, load }))),
  );
  const all = loadedBy(surveyed.flat(), index);
  const lost = all.flatMap((at) => lostDaysOf(at, all, index));
  const [worst] = lost.sort((a, b) => b.at.load.days.typicalRows - a.at.load.days.typicalRows);
  return worst && findingOf(worst, symptom, index);
};

type Surveyed = Pick<Loaded, 'dataset' | 'load'>;

/** Columns that come in, and columns that are handed on from such ones. */
const loadedBy = (surveyed: readonly Surveyed[], index: TraceIndex): readonly Loaded[] => {
  const known = new Map<string, Loaded | undefined>();
  const loaded = (each: Surveyed): Loaded | undefined => {
    const key = JSON.stringify([each.dataset.id, each.load.column.toLowerCase()]);
    if (known.has(key)) return known.get(key);
    known.set(key, undefined);
    const edges = index.inputsOf({ dataset: each.dataset.id, column: each.load.column });
    const isSource = index.parentsOf(each.dataset.id).length === 0;
    const parents = edges.flatMap(({ from }) =>
      surveyed
        .filter((other) => other.dataset.id === from.dataset && sameName(other.load.column, from.column))
        .flatMap((other) => loaded(other) ?? []),
    );
    const isHandedOn = edges.length > 0 && edges.every(({ subtype }) => subtype === 'IDENTITY') && parents.length > 0;
    const answer = isSource || isHandedOn ? { ...each, parents } : undefined;
    known.set(key, answer);
    return answer;
  };
  return surveyed.flatMap((each) => loaded(each) ?? []);
};

const lostDaysOf = (at: Loaded, all: readonly Loaded[], index: TraceIndex): readonly LostDays[] => {
  const { missing, last } = at.load.days;
  const unexplained = handsOnMost(at)
    ? missing.filter((day) => at.parents.every(({ load }) => load.present.has(day)))
    : [];
  return [
    ...(unexplained.length > 0 ? [{ at, days: unexplained, isTail: false }] : []),
    ...(isBehind(at, all, index) ? [{ at, days: [last], isTail: true }] : []),
  ];
};

/** A step that keeps a few of many rows may well keep none of a day. */
const handsOnMost = ({ load, parents }: Loaded): boolean =>
  parents.every((parent) => load.days.typicalRows >= 0.4 * parent.load.days.typicalRows) &&
  (parents.length === 0 || load.days.typicalRows >= 3);

/** What is made ends before what it is made from; what comes in, days before most of what comes in beside it. */
const isBehind = (at: Loaded, all: readonly Loaded[], index: TraceIndex): boolean => {
  const { last } = at.load.days;
  if (at.parents.length > 0) return at.parents.every(({ load }) => daysBetween(last, load.days.last) >= 1);
  const others = all.filter(({ dataset }) => dataset.id !== at.dataset.id && index.parentsOf(dataset.id).length === 0);
  const behind = others.filter(({ load }) => daysBetween(last, load.days.last) >= 2);
  return behind.length > 0 && behind.length * 2 >= others.length && at === firstOf(at.dataset, all);
};

/** The first time column of a dataset stands for when its rows happened. */
const firstOf = (dataset: TracedDataset, all: readonly Loaded[]): Loaded | undefined =>
  all.find((each) => each.dataset.id === dataset.id);

const findingOf = ({ at, days, isTail }: LostDays, symptom: Symptom, index: TraceIndex): Finding => {
  const { dataset, load, parents } = at;
  return {
    ...{ dataset, column: load.column, kind: 'late_or_missing_load' },
    operation: index.operationsOf(dataset.id).at(-1),
    path: pathBetween(index, symptom.dataset, dataset),
    facts: [lostFact(at, days, isTail), ...parents.map((parent) => parentFact(parent, days, isTail))],
    confidence: 'high',
  };
};

const lostFact = ({ dataset, load }: Loaded, days: readonly string[], isTail: boolean): Fact => ({
  kind: isTail ? 'stale' : 'missing_days',
  sentence: isTail
    ? `The newest ${load.column} of ${dataset.name} is ${days[0]}, behind what it should keep up with.`
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
