import type { FailingRows, Measurements } from '@aegis/rules';
import type { Cell, ColumnExpression, Row, Statement, TableDescription } from '@aegis/spec';
import { not } from '@aegis/sql';
import type { PreparedRule } from '../plan/prepare.js';
import { rowPair } from '../reconcile/comparison.js';

/** The bounded statement that shows what failed. */
export const sampleStatement = (
  failing: FailingRows,
  rule: PreparedRule,
  measured: Measurements,
  limit: number,
): Statement => {
  const from = rule.context.relation('target');
  switch (failing.kind) {
    case 'condition':
      return { kind: 'rows', from, ...named(rule.target), condition: failing.condition, limit };
    case 'duplicates':
      return { kind: 'duplicate_keys', from, keys: failing.keys, limit };
    case 'unmatched':
      return { ...failing, kind: 'unmatched_rows', from, reference: rule.context.relation('reference').table, limit };
    case 'key_difference':
      return { ...failing, kind: 'key_difference_rows', target: from, source: rule.context.relation('source'), limit };
    case 'row_difference':
      return {
        kind: 'row_difference_rows',
        ...rowPair(failing, rule),
        ...(measured.in_order === true && { inOrder: true }),
        limit,
      };
    case 'query':
      return { kind: 'query_rows', sql: failing.sql, limit };
  }
};

/** A few rows for which the condition of failing is false. */
export const passingStatement = (
  { condition }: Extract<FailingRows, { readonly kind: 'condition' }>,
  rule: PreparedRule,
  limit: number,
): Statement => ({
  kind: 'rows',
  from: rule.context.relation('target'),
  ...named(rule.target),
  condition: not(condition),
  limit,
});

/** Columns are named where there are lists, rows or maps among them: some dialects show these in a form of their own. */
const named = ({ columns }: TableDescription): { readonly columns?: readonly ColumnExpression[] } => {
  if (!columns.some(({ type }) => type.kind === 'array' || type.kind === 'struct')) return {};
  return { columns: columns.map(({ name, type }) => ({ kind: 'column', name, type })) };
};

const longestCell = 10_000;

/** Rows that are only shown keep of a document, an image or a long list its beginning. */
export const boundedRow = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, boundedCell(cell)]));

const boundedCell = (cell: Cell): Cell => {
  const text = typeof cell === 'object' ? JSON.stringify(cell) : cell;
  if (typeof text !== 'string' || text.length <= longestCell) return cell;
  return `${text.slice(0, longestCell)}… (${text.length} characters)`;
};

/** Rows are shown with the columns that the rule is about first: a reader looks for them. */
export const leadingColumns = (row: Row, columns: readonly string[]): Row => {
  const leading = columns.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name] ?? null]);
  return { ...Object.fromEntries(leading), ...row };
};
