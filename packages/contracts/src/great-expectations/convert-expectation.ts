import { allOf, type Draft, type Drafted, readsMore, refused, sound, standsAlone } from '@aegis/rules/conversion';
import type { Severity } from '@aegis/spec';
import { ownValue } from '../source/values.js';
import { ifWritable } from '../words/if-writable.js';
import type { SqlWords } from '../words/sql-words.js';
import { columnFigures } from './meanings/column-figures.js';
import { columnValues } from './meanings/column-values.js';
import type { ExpectationCase, Meaning, Meanings, SameRule } from './meanings/meaning.js';
import { none } from './meanings/meaning.js';
import { severalColumns } from './meanings/several-columns.js';
import { tables } from './meanings/tables.js';
import { allowance } from './mostly.js';
import { rowCondition } from './row-condition.js';
import type { Expectation } from './suite.js';

/** Where the expectation stands, and the table that it is about. */
export interface Place {
  readonly suite: string;
  /** From 1, in the order of the suite. */
  readonly number: number;
  readonly table: string;
  readonly words: SqlWords;
}

const known: Meanings = { ...columnValues, ...columnFigures, ...severalColumns, ...tables };

/** The rules of an expectation, or why there is none. */
export const convertExpectation = (expectation: Expectation, place: Place): readonly Drafted[] => {
  const named = { source: `${place.suite}/${place.number}`, check: expectation.type || 'without a type' };
  return ifWritable(
    () => converted(expectation, place, named),
    (reason, hint) => [refused(named, reason, hint)],
  );
};

const converted = (expectation: Expectation, place: Place, named: Named): readonly Drafted[] => {
  const meaning = meaningOf(expectation, place);
  if (meaning.kind === 'none') return [refused(named, meaning.reason, meaning.hint)];
  if (meaning.kind === 'rule') return [asRule(expectation, place, named, meaning)];
  return meaning.rules.map(({ part, rule }) =>
    asRule(expectation, place, { ...named, source: `${named.source}/${part}` }, rule),
  );
};

const meaningOf = ({ type, kwargs }: Expectation, { words }: Place): Meaning => {
  const name = type.toLowerCase();
  const meaning = Object.hasOwn(known, name) ? known[name] : undefined;
  if (meaning === undefined) return none('no rule type is known to mean the same');
  if (isOpen(kwargs)) return none('a parameter gets its value only when the suite runs');
  return meaning(caseOf(kwargs, words));
};

const caseOf = (kwargs: Expectation['kwargs'], words: SqlWords): ExpectationCase => ({
  kwargs,
  column: typeof kwargs.column === 'string' && kwargs.column !== '' ? kwargs.column : undefined,
  words,
});

const isOpen = (kwargs: Expectation['kwargs']): boolean =>
  Object.values(kwargs).some((value) => typeof value === 'object' && value !== null && '$PARAMETER' in value);

type Named = Pick<Draft, 'source' | 'check'>;

const asRule = (expectation: Expectation, place: Place, named: Named, rule: SameRule): Drafted => {
  const { kwargs } = expectation;
  const share = allowance(kwargs.mostly, rule);
  if (typeof share === 'string') return refused(named, share);
  const rows = rowCondition(kwargs.row_condition, kwargs.condition_parser, place.words);
  if (rows.kind === 'unknown') return refused(named, rows.reason);
  const condition = rows.kind === 'sql' ? rows.sql : undefined;
  if (condition !== undefined && readsMore(condition))
    return refused(named, 'its row_condition reads more than one row');
  if (condition !== undefined && !standsAlone(condition))
    return refused(named, 'its row_condition has a bracket, a quote or a comment that is not closed');
  const where = allOf([condition, rule.where, share.allowed && present(kwargs, rule, place)]);
  return sound(draftOf(expectation, place, named, { rule, where, allowed: share.allowed }));
};

/** `mostly` is a share of values that are not NULL. */
const present = ({ column }: Expectation['kwargs'], { share }: SameRule, { words }: Place): string | undefined =>
  share === 'values' && typeof column === 'string' ? `${words.name(column)} is not null` : undefined;

interface Judged {
  readonly rule: SameRule;
  readonly where: string | undefined;
  readonly allowed: { readonly fail_if: string } | undefined;
}

const draftOf = (
  expectation: Expectation,
  { table }: Place,
  named: Named,
  { rule: { logic, asQuery }, where, allowed }: Judged,
): Draft => ({
  kind: 'draft',
  ...named,
  name: [table, ...columnsOf(expectation), named.check.replace(/^expect_(column_|table_)?/, '')].join('.'),
  asQuery,
  severity: severityOf(expectation),
  description: descriptionOf(expectation, table),
  tags: ['great-expectations'],
  scope: { table, ...(where !== undefined && { where }) },
  logic: { ...logic, ...allowed },
});

const columnsOf = ({ kwargs: { column, column_A: a, column_B: b } }: Expectation): readonly string[] =>
  [column, a, b].filter((name) => typeof name === 'string');

/** Suites of 0.x have no severity: what is expected there fails a checkpoint. */
const severityOf = ({ severity }: Expectation): Severity => ownValue(severities, severity ?? '') ?? 'high';

const severities: { readonly [severity: string]: Severity } = { critical: 'critical', warning: 'medium', info: 'info' };

const descriptionOf = ({ type, description, notes, meta, kwargs }: Expectation, table: string): string => {
  const said = [description, notes, meta?.notes].map(textOf).find((text) => text !== '');
  const where = [table, ...(typeof kwargs.column === 'string' ? [kwargs.column] : [])].join('.');
  return said ?? `Great Expectations: ${type} on ${where}.`;
};

/** Notes are a text, several, or `{ format, content }`. */
const textOf = (notes: unknown): string => {
  if (typeof notes === 'string') return notes.trim();
  if (Array.isArray(notes)) return notes.map(textOf).join('\n').trim();
  return typeof notes === 'object' && notes !== null && 'content' in notes ? textOf(notes.content) : '';
};
