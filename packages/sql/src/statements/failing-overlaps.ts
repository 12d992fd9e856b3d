import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { askedTest, fromTested } from './row-test.js';

type FailingOverlaps = Extract<Statement, { kind: 'failing_overlaps' }>;

/** Tests are computed once a row, and only rows that fail one of them are counted. */
export const failingOverlaps = ({ from, tests }: FailingOverlaps, dialect: BaseDialect): string => {
  const asked = tests.map((test, index) => askedTest(test, index, from, dialect));
  const flags = asked.map(({ condition }, index) => `(${condition}) AS f${index}`).join(', ');
  const rows = dialect.derived(`SELECT ${flags} ${fromTested(from, asked, dialect)}`, 'aegis_rows');
  const counts = asked.flatMap((_, left) => [
    `${dialect.countIf(`f${left}`)} AS n${left}`,
    ...asked.slice(left + 1).map((_, offset) => both(left, left + 1 + offset, dialect)),
  ]);
  return `SELECT ${counts.join(', ')} FROM ${rows} WHERE ${asked.map((_, index) => `f${index}`).join(' OR ')}`;
};

const both = (left: number, right: number, dialect: BaseDialect): string =>
  `${dialect.countIf(`f${left} AND f${right}`)} AS n${left}_${right}`;
