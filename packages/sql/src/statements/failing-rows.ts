import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { askedTest, fromTested, withNamed } from './row-test.js';

/** In the order of a hash: not the first rows of the table, which may all be of one kind. */
export const failingRows = (
  { from, test, columns, limit }: Extract<Statement, { kind: 'failing_rows' }>,
  dialect: BaseDialect,
): string => {
  const asked = askedTest(test, 0, from, dialect);
  const list = columns.map(({ name }) => dialect.quoteIdentifier(name)).join(', ');
  const rows = fromTested(from, [asked], dialect, [`(${asked.condition})`]);
  return `${withNamed([asked])}SELECT ${list} ${rows} ORDER BY ${[dialect.hash(columns), list].join(', ')} LIMIT ${limit}`;
};
