import type { ColumnExpression, Expression, RowTest } from '@aegis/spec';
import { not } from '@aegis/sql';
import { columnsOf, judgedColumn, withColumns } from './condition-shape.js';
import { failingText, percentText } from './fact.js';
import type { Guess } from './probe.js';

const mostPartners = 6;

/**
 * Columns whose values the rule would accept in place of its own, where the rule fails, and mostly not where it holds: the two
 * may have been exchanged. Only columns of the same kind, the nearest in the table.
 */
export const exchangedProbes = (
  rowTest: RowTest,
  columns: readonly ColumnExpression[],
  inTableOrder: readonly string[],
): readonly Guess[] => {
  const own = judgedColumn(rowTest);
  if (!own || rowTest.kind !== 'condition' || own.type.kind === 'boolean') return [];
  const place = (name: string) => inTableOrder.indexOf(name);
  return columns
    .filter(({ name, type }) => name !== own.name && type.kind === own.type.kind)
    .toSorted(
      (left, right) => Math.abs(place(left.name) - place(own.name)) - Math.abs(place(right.name) - place(own.name)),
    )
    .slice(0, mostPartners)
    .flatMap((partner) => probeOf(own, partner, rowTest.condition) ?? []);
};

const probeOf = (own: ColumnExpression, partner: ColumnExpression, condition: Expression): Guess | undefined => {
  const wouldFail = withColumns(condition, new Map([[own.name, partner]]));
  if (columnsOf(wouldFail).length !== 1) return undefined;
  return {
    condition: not(wouldFail),
    tell: ({ rows, failing, segmentRows, segmentFailing }) => {
      const passing = rows - failing;
      const acceptedThere = segmentRows - segmentFailing;
      const isExchanged = segmentFailing >= 3 && segmentFailing >= failing * 0.5 && acceptedThere <= passing * 0.1;
      if (!isExchanged || passing === 0) return undefined;
      return {
        kind: 'exchanged_columns',
        sentence: `${failingText(segmentFailing, failing)} have a ${partner.name} that the rule would accept, and ${percentText(acceptedThere, passing)} of the rows that hold: ${own.name} and ${partner.name} may be exchanged.`,
        numbers: { column: own.name, other_column: partner.name },
      };
    },
  };
};
