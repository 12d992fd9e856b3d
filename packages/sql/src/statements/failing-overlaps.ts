import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { askedTest, fromTested, trueWhere } from './row-test.js';

type FailingOverlaps = Extract<Statement, { kind: 'failing_overlaps' }>;

/** Of rows that pass, nothing is computed but that they do. */
export const failingOverlaps = (statement: FailingOverlaps, dialect: BaseDialect): string => {
  const { from, tests, within = [] } = statement;
  const asked = tests.map((test, index) => askedTest(test, index, from, dialect));
  const flags = [
    ...asked.map(({ condition }, index) => `(${condition}) AS f${index}`),
    ...within.map(({ condition }, index) => `(${trueWhere(condition, dialect)}) AS c${index}`),
  ].join(', ');
  const fails = `(${asked.map(({ condition }) => `(${condition})`).join(' OR ')})`;
  const rows = dialect.derived(`SELECT ${flags} ${fromTested(from, asked, dialect, [fails])}`, 'aegis_rows');
  return `SELECT ${countsOf(statement, dialect).join(', ')} FROM ${rows}`;
};

const countsOf = ({ tests, within = [] }: FailingOverlaps, dialect: BaseDialect): readonly string[] => [
  ...tests.flatMap((_, left) => [
    `${dialect.countIf(`f${left}`)} AS n${left}`,
    ...tests.slice(left + 1).map((_, offset) => both(left, left + 1 + offset, dialect)),
  ]),
  ...within.map(({ test }, index) => `${dialect.countIf(`f${test} AND c${index}`)} AS w${index}`),
];

const both = (left: number, right: number, dialect: BaseDialect): string =>
  `${dialect.countIf(`f${left} AND f${right}`)} AS n${left}_${right}`;
