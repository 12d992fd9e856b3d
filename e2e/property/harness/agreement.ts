import type { RuleResult } from '@aegis/spec';
import { expect } from 'vitest';
import type { Verdict } from '../oracle/verdict.js';

/** Everything that a result says about the data: not what it cost. */
export const finding = ({
  duration_ms: _duration,
  statements: _statements,
  bytes_scanned: _bytes,
  ...said
}: RuleResult) => said;

/** What must not depend on where the table is: neither names nor the words of engine errors. */
export const findingAnywhere = (result: RuleResult) => {
  const { outcome, rows_checked, rows_failed, failed_by, failed_percent, unit, observed, error } = result;
  const code = error?.code ?? null;
  // No order is promised for the rows of a sample.
  const sample = result.sample.map((row) => JSON.stringify(row)).sort();
  return {
    rule_id: result.rule_id,
    outcome,
    rows_checked,
    rows_failed,
    failed_by,
    failed_percent,
    unit,
    observed: withoutLastDigits(observed),
    sample,
    code,
  };
};

/** Engines add doubles up in another order for every storage: the last digits of a mean differ. */
const withoutLastDigits = (observed: RuleResult['observed']): RuleResult['observed'] =>
  Object.fromEntries(
    Object.entries(observed).map(([name, value]) => [name, hasDigits(value) ? shortened(value) : value]),
  );

/** A sum of doubles may also come to a whole number; up to twelve digits nothing of one is cut. */
const hasDigits = (value: unknown): boolean =>
  typeof value === 'number' || /^-?(\d+\.\d+|\d{1,12})$/.test(String(value));

const shortened = (value: unknown): number => Number(Number(value).toPrecision(12));

/** Compares a result with what the oracle says it must be. */
export const expectAgreement = (result: RuleResult, verdict: Verdict): void => {
  const message = `${result.rule_id}: ${JSON.stringify({ result: findingAnywhere(result), error: result.error, verdict })}`;
  expect(verdict.outcomes, message).toContain(result.outcome);
  if (result.outcome === 'error') expect(verdict.codes ?? [], message).toContain(result.error?.code);
  else if (result.outcome === 'not_applicable') expect(result.rows_failed ?? 0, message).toBe(0);
  else expectCounts(result, verdict, message);
};

const expectCounts = (result: RuleResult, verdict: Verdict, message: string): void => {
  if (verdict.rowsChecked !== undefined) expect(result.rows_checked, message).toBe(verdict.rowsChecked);
  if (verdict.rowsFailed) {
    expect(result.rows_failed, message).toBeGreaterThanOrEqual(verdict.rowsFailed.least);
    expect(result.rows_failed, message).toBeLessThanOrEqual(verdict.rowsFailed.most);
  }
  if (verdict.failedBy) expect(result.failed_by, message).toEqual(verdict.failedBy);
};
