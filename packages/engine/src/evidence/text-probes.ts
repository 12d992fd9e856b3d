import type { Cell, ColumnExpression, Expression, RowTest } from '@aegis/spec';
import { and, matches, not, trim } from '@aegis/sql';
import { demandedPatterns } from './condition-shape.js';
import { failingText } from './fact.js';
import type { Probe } from './probe.js';

const leastShare = 0.2;

/** Guesses about what was done to failing texts: spaces, case, a cut, damage by encoding. */
export const textProbes = (
  test: number,
  { test: rowTest }: { readonly test: RowTest },
  column: ColumnExpression,
  failing: readonly Cell[],
): readonly Probe[] => {
  const texts = failing.filter((cell) => typeof cell === 'string');
  return [
    ...patternProbes(test, column, demandedPatterns(rowTest), texts),
    ...cutProbes(test, column, texts),
    ...damageProbes(test, column, texts),
  ];
};

const probe = (
  test: number,
  column: ColumnExpression,
  condition: Expression,
  kind: string,
  says: string,
  numbers = {},
): Probe => ({
  test,
  condition,
  tell: ({ failing, segmentFailing }) =>
    segmentFailing === 0 || segmentFailing < failing * leastShare
      ? undefined
      : {
          kind,
          sentence: `${failingText(segmentFailing, failing)} ${says}.`,
          numbers: { column: column.name, ...numbers },
        },
});

/** Whether texts would match once they are trimmed, or in the other case. */
const patternProbes = (
  test: number,
  column: ColumnExpression,
  patterns: readonly string[],
  texts: readonly string[],
): readonly Probe[] => {
  const [pattern] = patterns;
  if (pattern === undefined || patterns.length > 1) return [];
  const misses = not(matches(column, pattern));
  const trimmed = and(misses, matches(trim(column), pattern));
  const anyCase = and(misses, matches(column, `(?i)${pattern}`));
  return [
    ...(texts.some((text) => text !== text.trim())
      ? [
          probe(test, column, trimmed, 'near_miss', 'would match without the spaces around them', {
            difference: 'spaces',
          }),
        ]
      : []),
    ...(pattern.startsWith('(?i)')
      ? []
      : [probe(test, column, anyCase, 'near_miss', 'would match in the other letter case', { difference: 'case' })]),
  ];
};

/** Many different texts of one length, and none longer: something cut them. */
const cutProbes = (test: number, column: ColumnExpression, texts: readonly string[]): readonly Probe[] => {
  const distinct = [...new Set(texts)];
  const longest = Math.max(0, ...distinct.map((text) => [...text].length));
  const full = distinct.filter((text) => [...text].length === longest);
  const isVaried = new Set(distinct.map((text) => [...text].length)).size > 1;
  if (longest < 8 || longest > 1000 || full.length < 5 || full.length < distinct.length / 2 || !isVaried) return [];
  const says = `are exactly ${longest} characters long, and none that was looked at is longer: they may have been cut`;
  return [probe(test, column, matches(column, `(?s)^.{${longest}}$`), 'truncated', says, { length: longest })];
};

const mojibake = 'Ã[\\x{80}-\\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\\x{A0}-\\x{BF}]';
const replaced = '\\x{FFFD}|\\p{L}\\?\\p{L}';

const damageProbes = (test: number, column: ColumnExpression, texts: readonly string[]): readonly Probe[] => [
  ...(texts.some((text) => /Ã[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u00A0-\u00BF]/.test(text))
    ? [probe(test, column, matches(column, mojibake), 'encoding', 'hold UTF-8 that was read as Latin-1, like Ã© for é')]
    : []),
  ...(texts.some((text) => /\uFFFD|\p{L}\?\p{L}/u.test(text))
    ? [
        probe(
          test,
          column,
          matches(column, replaced),
          'encoding',
          'hold characters that were lost in a conversion (? or � within a word)',
        ),
      ]
    : []),
];
