import type { Cell, ColumnExpression, LiteralExpression } from '@aegis/spec';
import { isIn } from '@aegis/sql';
import { constant } from './edges.js';
import { failingText } from './fact.js';
import type { Guess } from './probe.js';
import { shownValue } from './segment.js';
import { type Difference, differenceWords, nearestRight } from './spelling.js';

/** Failing values that are right values written in another way, as far as the sample shows them; a guess for each way. */
export const nearValueProbes = (
  column: ColumnExpression,
  failing: readonly Cell[],
  right: readonly string[],
  ofWhat: string,
): readonly Guess[] => {
  const wrong = [...new Set(failing.filter((cell) => cell !== null).map(String))];
  const byDifference = Map.groupBy(
    wrong
      .filter((value) => value.length <= longestValue)
      .flatMap((value) => {
        const near = nearestRight(value, right);
        return near ? [{ value, near: near.value, difference: near.difference }] : [];
      }),
    ({ difference }) => difference,
  );
  return [...byDifference].flatMap(([difference, pairs]) => probeOf(column, difference, pairs, ofWhat) ?? []);
};

/** As much as a sentence may show of a value. */
const longestValue = 200;

interface NearPair {
  readonly value: string;
  readonly near: string;
}

const probeOf = (
  column: ColumnExpression,
  difference: Difference,
  pairs: readonly NearPair[],
  ofWhat: string,
): Guess | undefined => {
  const [first] = pairs;
  const values: readonly LiteralExpression[] = pairs.flatMap(({ value }) => constant(column, value) ?? []);
  if (!first || values.length === 0) return undefined;
  const example = `${shownValue(column, first.value)} for ${shownValue(column, first.near)}`;
  return {
    condition: isIn(column, values),
    tell: ({ failing, segmentFailing }) =>
      segmentFailing === 0 || segmentFailing < failing * 0.05
        ? undefined
        : {
            kind: 'near_miss',
            sentence: `${failingText(segmentFailing, failing)} hold a value that is ${ofWhat} ${differenceWords[difference]}, e.g. ${example}.`,
            numbers: {
              column: column.name,
              difference,
              values: { [column.name]: pairs.slice(0, 10).map(({ value }) => value) },
              right: { [column.name]: pairs.slice(0, 10).map(({ near }) => near) },
            },
          },
  };
};
