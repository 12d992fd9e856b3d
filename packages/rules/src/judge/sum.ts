import type Big from 'big.js';
import { z } from 'zod';
import type { RuleType } from '../type/rule-type.js';
import { columnName } from '../type/scalars.js';
import { expectedBounds, isWithin, numericBounds, withBounds } from './bounds.js';
import { countOf } from './counts.js';
import { countsOfNumbers, judgeStatistic, statisticOf, sumOf } from './numbers.js';

interface SumFigure {
  readonly figure: 'sum' | 'mean';
  /** What the sum is divided by, given how many values there are. */
  readonly divisor: (values: number) => number;
  readonly display: (sum: Big, divisor: number) => string;
}

const params = withBounds(z.strictObject({ column: columnName().describe('Numeric column.'), ...numericBounds }));

/** What the rules about the sum of a column, or a share of it, declare alike. The sum is exact; nothing is divided to judge. */
export const sumWithinBounds = ({ figure, divisor, display }: SumFigure) =>
  ({
    category: 'statistics',
    unit: 'table',
    params,
    requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'numeric' }] }),
    probe: (context) => {
      const column = context.column(context.params.column);
      return { kind: 'aggregate', measures: { ...countsOfNumbers(column), sum: statisticOf('sum', column) } };
    },
    judge: (measured, context) => {
      const values = divisor(countOf(measured, 'non_null'));
      return judgeStatistic(measured, {
        least: 1,
        figure,
        display: () => display(sumOf(measured), values),
        holds: () => isWithin(sumOf(measured), context.params, values),
        expected: expectedBounds(figure, context.params),
      });
    },
  }) satisfies Pick<RuleType<z.output<typeof params>>, 'category' | 'unit' | 'requires' | 'probe' | 'judge'> & {
    readonly params: typeof params;
  };
