import type { CaseExpectation } from '@aegis/rules';
import type { Cell, Row, RuleResult } from '@aegis/spec';
import { expect } from 'vitest';

/** Compares a result with what the case expects; what the case does not name is not looked at. */
export const expectCase = (result: RuleResult, expected: CaseExpectation): void => {
  expect(result.outcome, result.error?.message).toBe(expected.outcome);
  if (expected.rowsChecked !== undefined) expect(result.rows_checked).toBe(expected.rowsChecked);
  if (expected.rowsFailed !== undefined) expect(result.rows_failed).toBe(expected.rowsFailed);
  if (expected.code !== undefined) expect(result.error?.code).toBe(expected.code);
  if (expected.failedBy) expect(result.failed_by).toMatchObject(expected.failedBy);
  if (expected.observed) expect(result.observed).toMatchObject(expected.observed);
  if (expected.sample) expectSample(result.sample, expected.sample);
};

/** Every expected row, as often as it is expected; there may be more. */
const expectSample = (actual: readonly Row[], expected: readonly Row[]): void => {
  const columns = Object.keys(expected[0] ?? {});
  const comparable = (rows: readonly Row[]) =>
    rows.map((row) => JSON.stringify(columns.map((column) => plain(row[column]))));
  const remaining = comparable(actual);
  for (const row of comparable(expected)) {
    expect(remaining).toContain(row);
    remaining.splice(remaining.indexOf(row), 1);
  }
};

/** An engine without 32-bit integers gives text where another gives numbers, also inside of objects. */
const plain = (cell: Cell | undefined): Cell => {
  if (typeof cell === 'number') return String(cell);
  return cell === undefined
    ? null
    : JSON.parse(JSON.stringify(cell), (_, value) => (typeof value === 'number' ? String(value) : value));
};
