import type { JsonObject, RuleResult, Unit } from '@aegis/spec';

/** Whether a check holds in one dataset, in figures. */
export interface Reading {
  /** `unknown` where it could not be judged: `reason` says why. */
  readonly status: 'fails' | 'holds' | 'unknown';
  readonly rowsChecked: number | null;
  readonly rowsFailed: number | null;
  readonly unit: Unit;
  readonly observed: JsonObject;
  /** The limits that `observed` is held against. */
  readonly expected: JsonObject;
  /** What shows it again. */
  readonly sql: string | undefined;
  readonly reason: string | undefined;
  /** Of the error that kept it from being judged. */
  readonly code: string | undefined;
  /** All of it, for whoever looks for what failing rows have in common. */
  readonly seen?: { readonly result: RuleResult; readonly measured: JsonObject } | undefined;
}

export const readingOf = (result: RuleResult, sql: string | undefined, measured?: JsonObject): Reading => ({
  status: statusOf(result),
  rowsChecked: result.rows_checked,
  rowsFailed: result.rows_failed,
  unit: result.unit,
  observed: result.observed,
  expected: result.expected,
  sql,
  reason: result.error?.message ?? (result.outcome === 'not_applicable' ? result.notes[0] : undefined),
  code: result.error?.code,
  seen: measured && { result, measured },
});

const statusOf = ({ outcome }: RuleResult): Reading['status'] => {
  if (outcome === 'fail' || outcome === 'warn') return 'fails';
  return outcome === 'pass' ? 'holds' : 'unknown';
};

export const unknownReading = (reason: string, code?: string): Reading => ({
  ...{
    status: 'unknown',
    rowsChecked: null,
    rowsFailed: null,
    unit: 'table',
    observed: {},
    expected: {},
    sql: undefined,
  },
  ...{ reason, code },
});

/** The share of rows that fail, from 0 to 1; `undefined` where nothing was counted. */
export const failedShare = ({ rowsChecked, rowsFailed }: Reading): number | undefined =>
  rowsChecked === null || rowsFailed === null || rowsChecked === 0 ? undefined : rowsFailed / rowsChecked;
