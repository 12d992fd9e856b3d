import type { RowTest, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { type AskedTest, askedTest, fromTested, trueWhere, withNamed } from './row-test.js';
import { joinKeys } from './unmatched.js';

type FailingOverlaps = Extract<Statement, { kind: 'failing_overlaps' }>;

/** Of rows that pass, nothing is computed but that they do. */
export const failingOverlaps = (statement: FailingOverlaps, dialect: BaseDialect): string => {
  const { from, tests, within = [] } = statement;
  const asked = askedTests(statement, dialect);
  const items = [
    ...tests.flatMap((test, index) => itemsOf(test, index, asked[index], dialect)),
    ...within.map(({ condition }, index) => `(${trueWhere(condition, dialect)}) AS c${index}`),
  ].join(', ');
  const distinct = [...new Set(asked)];
  const fails = `(${distinct.map(({ condition }) => `(${condition})`).join(' OR ')})`;
  const rows = `SELECT ${items} ${fromTested(from, distinct, dialect, [fails])}`;
  const counts = countsOf(statement).map(([condition, name]) => `${dialect.countIf(condition)} AS ${name}`);
  const joins = tests.flatMap((test, index) => joinOf(test, index));
  if (joins.length === 0)
    return `${withNamed(distinct)}SELECT ${counts.join(', ')} FROM ${dialect.derived(rows, 'aegis_rows')}`;
  return `${withNamed(distinct, [`aegis_rows AS (${rows})`])}SELECT ${counts.join(', ')} FROM aegis_rows ${joins.join(' ')}`;
};

/** A test of rows that fail another one, which are compared with each other alone. */
type Repeat = Extract<RowTest, { kind: 'duplicated' }> & { readonly among: RowTest };

const isRepeat = (test: RowTest): test is Repeat => test.kind === 'duplicated' && !test.known && !!test.among;

/** What has to be asked of all rows. A test among rows that another one of the statement finds asks nothing more. */
const askedTests = ({ from, tests }: FailingOverlaps, dialect: BaseDialect): readonly AskedTest[] => {
  const own = tests.map((test, index) => (isRepeat(test) ? undefined : askedTest(test, index, from, dialect)));
  return tests.map(
    (test, index) => own[index] ?? own[tests.indexOf(amongOf(test))] ?? askedTest(amongOf(test), index, from, dialect),
  );
};

const amongOf = (test: RowTest): RowTest => (isRepeat(test) ? test.among : test);

/** Whether a row fails; of a test among other rows, the keys by which those are compared. */
const itemsOf = (
  test: RowTest,
  index: number,
  asked: AskedTest | undefined,
  dialect: BaseDialect,
): readonly string[] => {
  if (!isRepeat(test)) return [`(${asked?.condition}) AS f${index}`];
  return joinKeys(test.keys, dialect).map(
    (key, position) => `CASE WHEN ${asked?.condition} THEN ${key} END AS ${rowKey(index, position)}`,
  );
};

const rowKey = (index: number, position: number): string => `r${index}_k${position}`;
const repeatedKey = (index: number, position: number): string => `aegis_t${index}_k${position}`;

const joinOf = (test: RowTest, index: number): readonly string[] => {
  if (!isRepeat(test)) return [];
  const pairs = test.keys.map((_, position) => [rowKey(index, position), repeatedKey(index, position)] as const);
  const list = pairs.map(([own, repeated]) => `${own} AS ${repeated}`).join(', ');
  const complete = pairs.map(([own]) => `${own} IS NOT NULL`).join(' AND ');
  const keys = pairs.map(([own]) => own).join(', ');
  const repeated = `SELECT ${list} FROM aegis_rows WHERE ${complete} GROUP BY ${keys} HAVING count(*) > 1`;
  return [
    `LEFT JOIN (${repeated}) AS aegis_t${index} ON ${pairs.map(([own, repeated]) => `${repeated} = ${own}`).join(' AND ')}`,
  ];
};

/** Conditions on the rows, and the names of their counts. */
const countsOf = ({ tests, within = [] }: FailingOverlaps): readonly (readonly [string, string])[] => {
  const flags = tests.map((test, index) => (isRepeat(test) ? `${repeatedKey(index, 0)} IS NOT NULL` : `f${index}`));
  return [
    ...flags.flatMap((flag, left) => [
      [flag, `n${left}`] as const,
      ...flags
        .slice(left + 1)
        .map((other, offset) => [`${flag} AND ${other}`, `n${left}_${left + 1 + offset}`] as const),
    ]),
    ...within.map(({ test }, index) => [`${flags[test]} AND c${index}`, `w${index}`] as const),
  ];
};
