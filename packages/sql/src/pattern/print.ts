import { type CharacterSet, complement, lastCodePoint } from './character-set.js';
import type { Assertion, Pattern } from './tree.js';

/** How one regular-expression engine writes what engines write differently. */
export interface PatternSyntax {
  readonly assertions: { readonly [kind in Assertion['kind']]: string };
  /** A character by its code point, for those that cannot stand for themselves. */
  codePoint(codePoint: number): string;
  /** First code point that the engine's text can hold. */
  readonly firstCodePoint: number;
  /** Most repetitions of one counted quantifier. */
  readonly maxRepeat: number;
}

/** A pattern in an engine's own syntax. */
export const printPattern = (pattern: Pattern, syntax: PatternSyntax): string => {
  switch (pattern.kind) {
    case 'set':
      return printSet(pattern.set, syntax);
    case 'sequence':
      return pattern.parts.map((part) => grouped(part, syntax, part.kind === 'choice')).join('') || '(?:)';
    case 'choice':
      return pattern.branches.map((branch) => printPattern(branch, syntax)).join('|');
    case 'repeat':
      return printRepeat(pattern, syntax);
    default:
      return syntax.assertions[pattern.kind];
  }
};

const grouped = (pattern: Pattern, syntax: PatternSyntax, isNeeded: boolean): string =>
  isNeeded ? `(?:${printPattern(pattern, syntax)})` : printPattern(pattern, syntax);

const printRepeat = ({ of, min, max }: Extract<Pattern, { kind: 'repeat' }>, syntax: PatternSyntax): string => {
  const operand = grouped(of, syntax, of.kind !== 'set');
  return chunks(min, max, syntax.maxRepeat)
    .map((bounds) => operand + quantifier(...bounds))
    .join('');
};

/** `x{300,500}` is `x{255}x{45,245}` where 255 is the most that a quantifier counts to. */
const chunks = (min: number, max: number | undefined, limit: number): [number, number | undefined][] => {
  if (min <= limit && (max === undefined || max <= limit)) return [[min, max]];
  const least = Math.min(min, limit);
  const rest = chunks(min - least, max === undefined ? undefined : max - limit, limit);
  return [[least, max === undefined ? least : limit], ...rest];
};

const quantifier = (min: number, max: number | undefined): string => {
  if (max === undefined) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  if (min === max) return `{${min}}`;
  return `{${min},${max}}`;
};

const printSet = (set: CharacterSet, syntax: PatternSyntax): string => {
  const [first] = set;
  if (set.length === 1 && first && first[0] === first[1]) return printCharacter(first[0], syntax, outside);
  const reachesEnd = set.at(-1)?.[1] === lastCodePoint && set.length > 1;
  return reachesEnd ? `[^${printRuns(complement(set), syntax)}]` : `[${printRuns(set, syntax)}]`;
};

const printRuns = (set: CharacterSet, syntax: PatternSyntax): string =>
  set
    .map(([first, last]) => [Math.max(first, syntax.firstCodePoint), last] as const)
    .filter(([first, last]) => first <= last)
    .map(([first, last]) => printRun(first, last, syntax))
    .join('');

const printRun = (first: number, last: number, syntax: PatternSyntax): string => {
  const [from, to] = [printCharacter(first, syntax, inside), printCharacter(last, syntax, inside)];
  if (first === last) return from;
  return last === first + 1 ? from + to : `${from}-${to}`;
};

/** Characters that mean something outside and inside brackets, in any of the engines. */
const outside = /[\\^$.|?*+()[\]{}]/;
const inside = /[\\\]^[&~-]/;

const printCharacter = (codePoint: number, syntax: PatternSyntax, special: RegExp): string => {
  const character = String.fromCodePoint(codePoint);
  if (special.test(character)) return `\\${character}`;
  return /[\p{L}\p{N}\p{P}\p{S} ]/u.test(character) ? character : syntax.codePoint(codePoint);
};
