import type { JsonValue, Row } from '@aegis/spec';
import { cellText, columnNames } from '../describe/cell.js';
import { formatCount } from '../text/format.js';
import { type Page, paragraph, tableStyle } from './page.js';
import { type Cell, layoutTable } from './table.js';

/** Failing rows as a small table after a blank line; nothing when there are none. */
export const sampleTable = (page: Page, rows: readonly Row[], indent: string): string[] => {
  if (rows.length === 0) return [];
  const names = columnNames(rows);
  const { lines, dropped } = layoutTable(
    names.map((name, rank) => ({ header: cellText(name), rank, comfortable: 16 })),
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
