import type { JsonValue } from '@aegis/spec';
import type { Fact } from '../finding.js';
import { sameName } from '../trace-index.js';
import { changeNumbers, changeWords, segmentFigures, segmentWords } from './change-words.js';
import type { Change } from './changes.js';
import type { ChangedTable } from './survey-changes.js';
import type { ColumnsChange } from './typed-columns.js';

/** The kind of facts about a table that is not what it was when all rules about all of it held. */
export const changedKind = 'changed_since_good_run';

const mostChanges = 3;

/** For whom a change is told. */
interface Told {
  /** Columns that the rule reads of the table. */
  readonly columns: readonly string[];
  /** How the table is called where the rule has more than one. */
  readonly name: string | undefined;
}

/**
 * The change that the others follow from, then those of columns that the rule reads; what became of the columns themselves comes
 * first where the rule reads one of them, else last.
 */
export const changedTableFacts = (table: ChangedTable, told: Told): readonly Fact[] => {
  const reads = (name: string) => told.columns.some((column) => sameName(column, name));
  const figures = tellingChanges(table, reads).map((change) => figureFact(table, change, told));
  const { columns } = table;
  if (!columns) return figures.slice(0, mostChanges);
  const fact = columnsFact(table, columns, told);
  const isRead = [...columns.gone, ...columns.added, ...columns.retyped.map(({ name }) => name)].some(reads);
  return isRead ? [fact, ...figures].slice(0, mostChanges) : [...figures.slice(0, mostChanges - 1), fact];
};

const tellingChanges = ({ principal, all }: ChangedTable, reads: (name: string) => boolean): readonly Change[] => {
  if (!principal) return [];
  const related = all.filter(({ column }) => column === null || reads(column));
  return [principal, ...related].filter((change, index, told) => told.findIndex(saysTheSame(change)) === index);
};

/** The days and the hours of a time are NULL together. */
const saysTheSame =
  ({ kind, column }: Change) =>
  (other: Change): boolean =>
    other.kind === kind && other.column === column;

const figureFact = ({ since, sql }: ChangedTable, change: Change, { name }: Told): Fact => ({
  kind: changedKind,
  sentence: sentenceOf(since, name, `${changeWords(change)}${whereText(change)}`),
  numbers: { ...placeNumbers(since, name), ...changeNumbers(change) },
  sql,
});

/** `, where country = DE (3,000 of 15,000)`. */
const whereText = (change: Change): string => {
  if (!change.segment) return '';
  const figures = segmentFigures(change, change.segment);
  return `, ${segmentWords(change.segment)}${figures === undefined ? '' : ` (${figures})`}`;
};

const columnsFact = ({ since }: ChangedTable, columns: ColumnsChange, { name }: Told): Fact => {
  const { gone, added, retyped } = columns;
  const said = [
    ...(gone.length > 0 ? [`${named(gone)} ${gone.length === 1 ? 'is' : 'are'} gone`] : []),
    ...(added.length > 0 ? [`${named(added)} ${added.length === 1 ? 'is' : 'are'} new`] : []),
    ...retyped.slice(0, mostNamed).map((each) => `column ${each.name} is ${each.after}, after ${each.before}`),
  ];
  return {
    kind: changedKind,
    sentence: sentenceOf(since, name, said.join('; ')),
    numbers: {
      ...{ ...placeNumbers(since, name), change: 'columns', gone, added },
      retyped: retyped.map((each): JsonValue => ({ ...each })),
    },
  };
};

const mostNamed = 5;

/** `column a`, `columns a, b and 3 more`. */
const named = (names: readonly string[]): string => {
  const more = names.length - mostNamed;
  const told = more > 0 ? [...names.slice(0, mostNamed), `${more} more`] : names;
  if (told.length === 1) return `column ${told[0]}`;
  return `columns ${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
};

const sentenceOf = (since: string, name: string | undefined, what: string): string =>
  `Since the run of ${since.slice(0, 16).replace('T', ' ')}, ${name === undefined ? '' : `${name} has changed: `}${what}.`;

const placeNumbers = (since: string, name: string | undefined) => ({
  ...(name !== undefined && { table: name }),
  last_good_run: since,
});
