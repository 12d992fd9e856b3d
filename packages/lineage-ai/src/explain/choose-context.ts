import type { JoinedDataset, LineageGraph } from '@aegis/lineage';
import { shownName } from '../shown-name.js';
import { textOf } from './context.js';

export interface ChosenContext {
  readonly text: string;
  /** Names of the tables that are told of. */
  readonly shown: readonly string[];
  /** What had no room, e.g. `raw.events` or `the SQL of stg_orders`. */
  readonly leftOut: readonly string[];
}

export interface ContextOptions {
  readonly question: string;
  readonly maxTokens: number;
  readonly mask: (text: string) => string;
}

/** Average of English text and SQL. */
const charactersPerToken = 4;

/** Most datasets that are looked at: those further away have no room anyway. */
const mostCandidates = 2_000;

/**
 * What a model is told about a table: the table first, then what it is made from, near before far, and what the question names
 * before what it does not, until the tokens are used up. What has no room with its SQL may have some without.
 */
export const chooseContext = (graph: LineageGraph, target: JoinedDataset, options: ContextOptions): ChosenContext => {
  const shown: string[] = [];
  const leftOut: string[] = [];
  const parts: string[] = [];
  let room = options.maxTokens * charactersPerToken;
  const take = (name: string, text: string): void => {
    shown.push(name);
    parts.push(text);
    room -= text.length + 2;
  };
  for (const { dataset, distance } of ranked(graph, target, options.question)) {
    const told = textOf(graph, dataset, distance, options.mask);
    if (told.whole.length <= room) take(told.name, told.whole);
    else if (told.brief.length <= room || distance === 0) {
      take(told.name, cut(told.brief, room));
      leftOut.push(`the SQL of ${told.name}`);
    } else leftOut.push(told.name);
  }
  return { text: [...parts, ...below(graph, target), ...noteOf(leftOut)].join('\n\n'), shown, leftOut };
};

interface Ranked {
  readonly dataset: JoinedDataset;
  readonly distance: number;
}

const ranked = (graph: LineageGraph, target: JoinedDataset, question: string): readonly Ranked[] => {
  const words = wordsIn(question);
  const candidates = graph.upstream(target.id).slice(0, mostCandidates);
  const scored = candidates.map((each) => ({ ...each, score: scoreOf(each, words) }));
  scored.sort((left, right) => left.score - right.score);
  return [{ dataset: target, distance: 0 }, ...scored];
};

/** A table that the question names is as near as can be; each column that it names counts for a step. */
const scoreOf = ({ dataset: { name, columns }, distance }: Ranked, words: ReadonlySet<string>): number => {
  const last = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (words.has(last)) return 0;
  return distance - Math.min(columns.filter((column) => words.has(column.name.toLowerCase())).length, 2);
};

const wordsIn = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu));

const below = (graph: LineageGraph, { id }: JoinedDataset): readonly string[] => {
  const readers = graph.downstream(id, { maxDistance: 1 }).map(({ dataset }) => graph.shortName(dataset.id));
  return readers.length === 0 ? [] : [`Made from it directly: ${listed(readers)}.`];
};

const noteOf = (leftOut: readonly string[]): readonly string[] =>
  leftOut.length === 0 ? [] : [`There was no room for ${listed(leftOut)}. Say so where it matters.`];

const mostListed = 30;

const listed = (names: readonly string[]): string =>
  names.slice(0, mostListed).map(shownName).join(', ') +
  (names.length > mostListed ? ` and ${names.length - mostListed} more` : '');

const cut = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(0, room - 10))}… (cut)`;
