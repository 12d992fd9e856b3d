import type { JsonObject, Threshold, Unit } from '@aegis/spec';
import Big from 'big.js';
import type { JudgeContext, Judgement } from '../type/rule-type.js';
import { crosses, displayPercent, formatThreshold, percentExceeds, type ViolationCounts } from './counts.js';

export interface CountedViolations extends ViolationCounts {
  readonly unit: Exclude<Unit, 'table'>;
  readonly rowsChecked: number;
  /** The count in `unit`. */
  readonly failed: number;
  readonly observed: JsonObject;
  readonly expected: JsonObject;
  /** Whether `failed_by` belongs in the result. */
  readonly reportsAllUnits?: boolean;
  /** Whether an empty scope is judged like any other; otherwise it is not applicable. */
  readonly judgesEmptyScope?: boolean;
}

/** The counts of a type that counts rows only, out of all rows in scope. */
export const rowCounts = (rowsChecked: number, failed: number) =>
  ({ unit: 'rows', rowsChecked, failed, rows: failed, keys: null, values: null, outOf: rowsChecked }) as const;

/** Judges a count of violations by `fail_if` and `warn_if`; an empty scope is not applicable. */
export const judgeViolations = (counted: CountedViolations, context: JudgeContext<unknown>): Judgement => {
  const { failIf, warnIf } = context;
  const isEmpty = counted.rowsChecked === 0 && !counted.judgesEmptyScope;
  return {
    outcome: isEmpty ? 'not_applicable' : outcomeOf(counted, failIf, warnIf),
    rowsChecked: counted.rowsChecked,
    rowsFailed: counted.failed,
    unit: counted.unit,
    failedPercent: displayPercent(counted.rows, counted.outOf),
    observed: counted.observed,
    expected: {
      ...counted.expected,
      ...(failIf && { fail_if: formatThreshold(failIf) }),
      ...(warnIf && { warn_if: formatThreshold(warnIf) }),
    },
    ...(counted.reportsAllUnits && {
      failedBy: { rows: counted.rows, keys: counted.keys, values: counted.values },
    }),
    ...(isEmpty && { notes: ['no rows in scope'] }),
  };
};

const outcomeOf = (counts: ViolationCounts, failIf: Threshold | undefined, warnIf: Threshold | undefined) => {
  if (failIf && crosses(failIf, counts)) return 'fail';
  return warnIf && crosses(warnIf, counts) ? 'warn' : 'pass';
};

export interface TableFinding {
  readonly holds: boolean;
  readonly rowsChecked: number | null;
  readonly observed: JsonObject;
  readonly expected: JsonObject;
  readonly notes?: readonly string[];
  readonly metric?: number | null;
}

/** Judges the table as a whole: unit `table`, 0 or 1 failed, no percentage. */
export const judgeTable = ({ holds, rowsChecked, ...rest }: TableFinding): Judgement => ({
  outcome: holds ? 'pass' : 'fail',
  rowsChecked,
  rowsFailed: holds ? 0 : 1,
  unit: 'table',
  failedPercent: null,
  ...rest,
});

/** There was nothing to judge; `reason` becomes a note. */
export const notApplicable = (
  reason: string,
  details: Pick<Judgement, 'rowsChecked' | 'unit' | 'observed' | 'expected' | 'metric'>,
): Judgement => ({ outcome: 'not_applicable', rowsFailed: null, failedPercent: null, notes: [reason], ...details });

export interface Share {
  readonly rowsChecked: number;
  readonly failed: number;
  /** What the share is of. */
  readonly outOf: number;
  /** Largest allowed share in percent, as an exact decimal. */
  readonly threshold: string;
  /** `null` gives the figures `null_percent` and `nulls`. */
  readonly figure: string;
  readonly failedBy?: Judgement['failedBy'];
}

/** Judges a share of rows, exactly; nothing to divide by is not applicable. */
export const judgeShare = ({ rowsChecked, failed, outOf, threshold, figure, failedBy }: Share): Judgement => {
  const share = outOf === 0 ? null : new Big(failed).times(100).div(outOf).round(6).toFixed();
  const observed = { [`${figure}_percent`]: share, [`${figure}s`]: failed };
  const expected = { [`${figure}_percent_max`]: threshold };
  if (outOf === 0) return notApplicable('no value to judge', { rowsChecked, unit: 'rows', observed, expected });
  return {
    outcome: percentExceeds(failed, outOf, threshold) ? 'fail' : 'pass',
    rowsChecked,
    rowsFailed: failed,
    unit: 'rows',
    failedPercent: displayPercent(failed, outOf),
    observed,
    expected,
    ...(failedBy && { failedBy }),
  };
};
