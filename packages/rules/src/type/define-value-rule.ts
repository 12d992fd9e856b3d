import type { ColumnExpression, Expression, LiteralExpression, Row } from '@aegis/spec';
import { count, countAll, countDistinct, countIf, isIn, isNull, literalFor, or } from '@aegis/sql';
import { z } from 'zod';
import { countOf } from '../judge/counts.js';
import { judgeViolations, rowCounts } from '../judge/judgement.js';
import { defineRuleType } from './define.js';
import type { FixTemplate, JudgeContext, ProbeContext, RuleType } from './rule-type.js';
import { columnName, scalar } from './scalars.js';

interface Params {
  readonly column: string;
  readonly values: readonly string[];
}

/** What the fix of a value rule may use: the column, and the listed values in its type. */
interface ListedValues {
  readonly column: ColumnExpression;
  readonly values: readonly LiteralExpression[];
  readonly isListed: Expression;
}

interface ValueRule<Name extends string> extends Pick<RuleType<Params>, 'summary' | 'edgeCases' | 'example' | 'cases'> {
  readonly name: Name;
  /** Which values violate, given the test whether one is in the list. */
  readonly violates: (isListed: Expression) => Expression;
  readonly fix?: (
    sample: readonly Row[],
    listed: ListedValues,
    context: JudgeContext<Params>,
  ) => FixTemplate | undefined;
  /** Name of the list in `expected`. */
  readonly expectedAs: string;
}

/** A rule about membership in a list of values: counts rows, and the different values that they hold. */
export const defineValueRule = <const Name extends string>(rule: ValueRule<Name>) => {
  const { violates, expectedAs, fix, ...declared } = rule;
  const columnOf = ({ params, column }: ProbeContext<Params>) => column(params.column);
  const values = (context: ProbeContext<Params>): readonly LiteralExpression[] =>
    context.params.values.map((value) => literalFor(columnOf(context), value, context.timezone));
  const wrongValue = (context: ProbeContext<Params>) => violates(isIn(columnOf(context), values(context)));
  const violation = (context: ProbeContext<Params>) =>
    context.nulls === 'fail' ? or(wrongValue(context), isNull(columnOf(context))) : wrongValue(context);
  return defineRuleType({
    ...declared,
    category: 'validity',
    unit: 'rows',
    params: z.strictObject({
      column: columnName().describe('Column to inspect.'),
      values: z.array(scalar()).min(1).describe('Values, compared in the type of the column.'),
    }),
    countedUnits: ['rows', 'values', 'percent'],
    acceptsNulls: true,
    requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'comparable' }] }),
    probe: (context) => ({
      kind: 'aggregate',
      measures: { rows: countAll(), failed: countIf(violation(context)), non_null: count(columnOf(context)) },
    }),
    refine: (first, context) =>
      countOf(first, 'failed') === 0
        ? undefined
        : { kind: 'aggregate', measures: { failed_values: countDistinct(columnOf(context), wrongValue(context)) } },
    judge: (measured, context) => {
      const failed = countOf(measured, 'failed');
      const failedValues = countOf(measured, 'failed_values');
      return judgeViolations(
        {
          ...rowCounts(countOf(measured, 'rows'), failed),
          values: failedValues,
          reportsAllUnits: true,
          observed: { failed, failed_values: failedValues, non_null: countOf(measured, 'non_null') },
          expected: { [expectedAs]: context.params.values },
        },
        context,
      );
    },
    failingRows: (_measured, context) => ({ kind: 'condition', condition: violation(context) }),
    fix: (sample, context) => {
      const [column, listed] = [columnOf(context), values(context)];
      return fix?.(sample, { column, values: listed, isListed: isIn(column, listed) }, context);
    },
  });
};
