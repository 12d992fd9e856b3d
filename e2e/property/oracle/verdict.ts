import type { Limit, Surroundings } from '../world.js';
import { compare, multiply, parseDecimal, type Rational, whole } from './rational.js';

export type Outcome = 'pass' | 'warn' | 'fail' | 'error' | 'not_applicable';

/** From and to, both included. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

export const exactly = (count: number): Span => ({ least: count, most: count });

/** What a rule must come to. */
export interface Verdict {
  /** More than one only where a limit lies within the rounding of doubles. */
  readonly outcomes: readonly Outcome[];
  readonly rowsChecked?: number | null;
  readonly rowsFailed?: Span;
  readonly failedBy?: { readonly rows: number; readonly keys: number | null; readonly values: number | null };
  /** For an error: the codes that tell what is wrong. */
  readonly codes?: readonly string[];
}

/** Why a rule cannot be judged. */
export class Refused extends Error {
  constructor(readonly codes: readonly string[]) {
    super(codes.join(', '));
  }
}

export const refusedVerdict = (codes: readonly string[]): Verdict => ({ outcomes: ['error'], codes });

export interface Counts {
  readonly rowsChecked: number;
  readonly failed: Span;
  readonly keys?: number;
  readonly values?: number;
}

/** Judges a count of violations by `fail_if` and `warn_if`. */
export const verdictOfCounts = (counts: Counts, rule: Surroundings): Verdict => {
  const { rowsChecked, failed } = counts;
  if (rowsChecked === 0) return notApplicable(0);
  const possible = Array.from({ length: failed.most - failed.least + 1 }, (_, index) => failed.least + index);
  return {
    outcomes: [...new Set(possible.map((rows) => outcomeOf({ ...counts, failed: exactly(rows) }, rule)))],
    rowsChecked,
    rowsFailed: failed,
  };
};

export const notApplicable = (rowsChecked: number): Verdict => ({ outcomes: ['not_applicable'], rowsChecked });

const anyRow: Limit = { of: 'rows', operator: '>', value: '0' };

const outcomeOf = (counts: Counts, { fail_if, warn_if }: Surroundings): Outcome => {
  const failing = fail_if ?? (warn_if ? undefined : anyRow);
  if (failing && crosses(failing, counts)) return 'fail';
  return warn_if && crosses(warn_if, counts) ? 'warn' : 'pass';
};

const crosses = ({ of, operator, value }: Limit, counts: Counts): boolean => {
  const limit = number(value);
  const rows = counts.failed.least;
  const difference =
    of === 'percent'
      ? compare(whole(100 * rows), multiply(limit, whole(counts.rowsChecked)))
      : compare(whole({ rows, keys: counts.keys ?? 0, values: counts.values ?? 0 }[of]), limit);
  return operator === '>' ? difference > 0 : difference >= 0;
};

/** A param that is a number. */
export const number = (text: string): Rational => {
  const parsed = parseDecimal(text);
  if (parsed === undefined) throw new Error(`${text} is no number`);
  return parsed;
};

/** What lies beyond the exact numbers of an engine: whatever it says, it must not be a bug. */
export const mayGiveUp = (rowsChecked: number): Verdict => ({
  outcomes: ['pass', 'warn', 'fail', 'error', ...(rowsChecked === 0 ? (['not_applicable'] as const) : [])],
  rowsChecked,
  codes: ['plan/unsupported', 'warehouse/syntax'],
});

/** Judges the table as a whole. `undefined`: too close to call in doubles. */
export const verdictOfTable = (holds: boolean | undefined, rowsChecked: number | null): Verdict => {
  if (holds === undefined) return { outcomes: ['pass', 'fail'], rowsChecked };
  return { outcomes: [holds ? 'pass' : 'fail'], rowsChecked, rowsFailed: exactly(holds ? 0 : 1) };
};
