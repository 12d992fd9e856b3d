import { expect, test } from 'vitest';
import { type Column, layoutTable, type TableStyle } from './table.js';

const columns: readonly Column[] = [
  { header: 'RULE', rank: 0, comfortable: 6 },
  { header: 'COUNT', rank: 2, align: 'right' },
  { header: 'WHAT', rank: 1, comfortable: 4 },
];
const rows = [
  [{ text: 'orders_known' }, { text: '1,234' }, { text: '東京 tower' }],
  [{ text: 'b' }, { text: '5' }, { text: '' }],
];
const style = (width: number): TableStyle => ({ width, indent: '', ellipsis: '…', paintHeader: (text) => text });

test('with room enough, every column is as wide as its widest cell', () => {
  expect(layoutTable(columns, rows, style(80))).toEqual({
    lines: ['RULE          COUNT  WHAT', 'orders_known  1,234  東京 tower', 'b                 5'],
    dropped: [],
  });
});

test('short of room, long texts are cut by display width', () => {
  expect(layoutTable(columns, rows, style(20)).lines).toEqual([
    'RULE     COUNT  WHAT',
    'orders…  1,234  東…',
    'b            5',
  ]);
});

test('with less room than that, the least important column goes', () => {
  expect(layoutTable(columns, rows, style(15))).toEqual({
    lines: ['RULE      WHAT', 'orders_…  東京…', 'b'],
    dropped: ['COUNT'],
  });
});

test('the last column is cut, never dropped', () => {
  expect(layoutTable(columns, rows, style(4))).toEqual({ lines: ['RULE', 'ord…', 'b'], dropped: ['COUNT', 'WHAT'] });
});
