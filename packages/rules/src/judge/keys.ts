import type { ColumnExpression } from '@aegis/spec';
import type { FailingRows, JudgeContext, Judgement, Measurements, ProbeContext } from '../type/rule-type.js';
import { countOf } from './counts.js';
import { judgeViolations, rowCounts } from './judgement.js';

/** Judges what a `frequency` probe measured: surplus rows, and keys that occur more than once. */
export const judgeUniqueness = (measured: Measurements, context: JudgeContext<unknown>): Judgement => {
  const rows = countOf(measured, 'rows');
  const complete = countOf(measured, 'complete');
  const incomplete = context.nulls === 'fail' ? rows - complete : 0;
  const surplus = complete - countOf(measured, 'distinct_keys');
  const failed = surplus + incomplete;
  return judgeViolations(
    {
      ...rowCounts(rows, failed),
      keys: countOf(measured, 'duplicate_keys'),
      reportsAllUnits: true,
      observed: {
        surplus_rows: surplus,
        duplicate_keys: countOf(measured, 'duplicate_keys'),
        duplicate_rows: countOf(measured, 'duplicate_rows'),
        incomplete_keys: rows - complete,
      },
      expected: {},
    },
    context,
  );
};

/** Duplicated keys; the rows with an incomplete key when only those failed. */
export const duplicateRows = (
  measured: Measurements,
  context: ProbeContext<unknown>,
  keys: readonly ColumnExpression[],
): FailingRows =>
  context.nulls === 'fail' && countOf(measured, 'duplicate_keys') === 0
    ? { kind: 'condition', condition: { kind: 'or', operands: keys.map((key) => ({ kind: 'is_null', operand: key })) } }
    : { kind: 'duplicates', keys };
