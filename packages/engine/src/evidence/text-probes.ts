import type { Cell, ColumnExpression, Expression, RowTest } from '@aegis/spec';
import { and, matches, not, trim } from '@aegis/sql';
import { demandedPatterns } from './condition-shape.js';
import { failingText } from './fact.js';
import type { Guess } from './probe.js';

const leastShare = 0.2;

/** Guesses about what was done to failing texts: spaces, case, a cut, damage by encoding. */
export const textProbes = (
  { test: rowTest }: { readonly test: RowTest },
  column: ColumnExpression,
  failing: readonly Cell[],
): readonly Guess[] => {
  const texts = failing.filter((cell) => typeof cell === 'string');
  return [
    ...patternProbes(column, demandedPatterns(rowTest), texts),
    ...cutProbes(column, texts),
    ...damageProbes(column, texts),
  ];
};

const probe = (column: ColumnExpression, condition: Expression, kind: string, says: string, numbers = {}): Guess => ({
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
  column: ColumnExpression,
  patterns: readonly string[],
  texts: readonly string[],
): readonly Guess[] => {
  const [pattern] = patterns;
  if (pattern === undefined || patterns.length > 1) return [];
  const misses = not(matches(column, pattern));
  const trimmed = and(misses, matches(trim(column), pattern));
  const anyCase = and(misses, matches(column, `(?i)${pattern}`));
  return [
    ...(texts.some((text) => text !== text.trim())
      ? [
          probe(column, trimmed, 'near_miss', 'would match without the spaces around them', {
            difference: 'spaces',
          }),
        ]
      : []),
    ...(pattern.startsWith('(?i)')
      ? []
      : [probe(column, anyCase, 'near_miss', 'would match in the other letter case', { difference: 'case' })]),
  ];
};

/** Many different texts of one length, and none longer: something cut them. */
const cutProbes = (column: ColumnExpression, texts: readonly string[]): readonly Guess[] => {
  const distinct = [...new Set(texts)];
  const longest = Math.max(0, ...distinct.map((text) => [...text].length));
  const full = distinct.filter((text) => [...text].length === longest);
  const isVaried = new Set(distinct.map((text) => [...text].length)).size > 1;
  if (longest < 8 || longest > 1000 || full.length < 5 || full.length < distinct.length / 2 || !isVaried) return [];
  const says = `are exactly ${longest} characters long, and none that was looked at is longer: they may have been cut`;
  return [probe(column, matches(column, `(?s)^.{${longest}}$`), 'truncated', says, { length: longest })];
};

const mojibake = 'Ã[\\x{80}-\\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\\x{A0}-\\x{BF}]';
const replaced = '\\x{FFFD}|\\p{L}\\?\\p{L}';

const damageProbes = (column: ColumnExpression, texts: readonly string[]): readonly Guess[] => [
  ...(texts.some((text) => /Ã[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u00A0-\u00BF]/.test(text))
    ? [probe(column, matches(column, mojibake), 'encoding', 'hold UTF-8 that was read as Latin-1, like Ã© for é')]
    : []),
  ...(texts.some((text) => /\uFFFD|\p{L}\?\p{L}/u.test(text))
    ? [
        probe(
          column,
          matches(column, replaced),
          'encoding',
          'hold characters that were lost in a conversion (? or � within a word)',
        ),
      ]
    : []),
];
