import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { columnFigures } from './meanings/column-figures.js';
import { columnValues } from './meanings/column-values.js';
import { severalColumns } from './meanings/several-columns.js';
import { tables } from './meanings/tables.js';

const page = join(import.meta.dirname, '../../../../docs/how-to/migrate-from-soda-and-great-expectations.md');

it('tells of every expectation that is known, and of no other', () => {
  const [, suites = ''] = readFileSync(page, 'utf8').split('## Great Expectations');
  const told = new Set(suites.match(/(?<=`)(expect_|unexpected_)\w+(?=`)/g));
  const known = Object.keys({ ...columnValues, ...columnFigures, ...severalColumns, ...tables });
  expect([...told].sort()).toEqual(known.sort());
});
