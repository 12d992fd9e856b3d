import type { JsonValue, Row } from '@aegis/spec';
import { formatCount } from '../text/format.js';
import { shorten } from '../text/shorten.js';
import { visible } from '../text/visible.js';
import { type Page, paragraph, tableStyle } from './page.js';
import { type Cell, layoutTable } from './table.js';

const longestCell = 400;

/** A value as it is shown in a table: NULL as a word, structures as JSON, text with nothing hidden. */
export const cellText = (value: JsonValue | undefined): string => {
  if (value === null) return 'NULL';
  if (value === undefined) return '';
  return visible(shorten(typeof value === 'object' ? JSON.stringify(value) : String(value), longestCell));
};

export const columnNames = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** Failing rows as a small table after a blank line; nothing when there are none. */
export const sampleTable = (page: Page, rows: readonly Row[], indent: string): string[] => {
  if (rows.length === 0) return [];
  const names = columnNames(rows);
  const { lines, dropped } = layoutTable(
    names.map((name, rank) => ({ header: visible(shorten(name, longestCell)), rank, comfortable: 16 })),
    rows.map((row) => names.map((name) => sampleCell(page, row[name]))),
    tableStyle(page, indent),
  );
  const more =
    dropped.length === 0
      ? []
      : paragraph(page, `and ${formatCount(dropped.length, 'more columns')}`, indent, page.theme.faint);
  return ['', ...lines, ...more];
};

const sampleCell = (page: Page, value: JsonValue | undefined): Cell => ({
  text: cellText(value),
  ...(value === null && { paint: page.theme.faint }),
});
