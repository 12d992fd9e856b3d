/** First and last code point of a run. */
export type Range = readonly [first: number, last: number];
/** Runs in ascending order, apart from each other. */
export type CharacterSet = readonly Range[];

export const lastCodePoint = 0x10ffff;

export const single = (codePoint: number): CharacterSet => [[codePoint, codePoint]];

/** All characters that are in one of the sets. */
export const union = (...sets: readonly CharacterSet[]): CharacterSet => {
  const runs: [number, number][] = [];
  for (const [first, last] of sets.flat().sort((left, right) => left[0] - right[0])) {
    const previous = runs.at(-1);
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else runs.push([first, last]);
  }
  return runs;
};

export const complement = (set: CharacterSet): CharacterSet => {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCodePoint) gaps.push([next, lastCodePoint]);
  return gaps;
};

/** The set with both cases of every letter that has one upper and one lower case character. */
export const foldCase = (set: CharacterSet): CharacterSet => {
  const folded: Range[] = [];
  for (const [first, last] of set)
    for (let codePoint = first; codePoint <= Math.min(last, lastCasedCodePoint); codePoint += 1)
      for (const other of otherCases(codePoint)) folded.push([other, other]);
  return union(set, folded);
};

const lastCasedCodePoint = 0x1e943;

const otherCases = (codePoint: number): readonly number[] => {
  const character = String.fromCodePoint(codePoint);
  return [character.toLowerCase(), character.toUpperCase()]
    .filter((other) => other !== character)
    .map((other) => [...other])
    .filter((characters) => characters.length === 1)
    .map(([only = character]) => only.codePointAt(0) ?? codePoint);
};

const ascii = (...runs: readonly (string | readonly [string, string])[]): CharacterSet =>
  union(runs.map((run) => [run[0]?.charCodeAt(0) ?? 0, (run[1] ?? run[0])?.charCodeAt(0) ?? 0]));

const digit = ascii(['0', '9']);
const upper = ascii(['A', 'Z']);
const lower = ascii(['a', 'z']);
const alpha = union(upper, lower);
const word = union(alpha, digit, ascii('_'));
const blank = ascii(' ', '\t');
const graph = ascii(['!', '~']);

/** `\s`: tab, line feed, form feed, carriage return and space, as in RE2. */
const space = ascii('\t', '\n', '\f', '\r', ' ');

/** What the letter of `\d`, `\w`, `\s` and their opposites stands for. */
export const perlClasses: { readonly [letter: string]: CharacterSet } = {
  d: digit,
  D: complement(digit),
  w: word,
  W: complement(word),
  s: space,
  S: complement(space),
};

/** What the name in `[[:name:]]` stands for: ASCII, as in RE2. */
export const posixClasses: { readonly [name: string]: CharacterSet } = {
  alnum: union(alpha, digit),
  alpha,
  ascii: [[0, 0x7f]],
  blank,
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit,
  graph,
  lower,
  print: ascii([' ', '~']),
  punct: ascii(['!', '/'], [':', '@'], ['[', '`'], ['{', '~']),
  space: union(space, [[0x0b, 0x0b]]),
  upper,
  word,
  xdigit: union(digit, ascii(['A', 'F'], ['a', 'f'])),
};

const unicodeClassCache = new Map<string, CharacterSet>();

/** The characters of a Unicode property such as `L`, `Lu` or `Script=Greek`; `undefined` when there is none. */
export const unicodeClass = (property: string): CharacterSet | undefined => {
  const known = unicodeClassCache.get(property);
  if (known) return known;
  const test = propertyTest(property);
  const found = test && charactersThat((character) => test.test(character));
  if (found) unicodeClassCache.set(property, found);
  return found;
};

/** RE2 names a script by its bare name; JavaScript wants `Script=`. */
const propertyTest = (property: string): RegExp | undefined => {
  for (const name of [`General_Category=${property}`, `Script=${property}`]) {
    try {
      return new RegExp(`^\\p{${name}}$`, 'u');
    } catch {}
  }
  return undefined;
};

const charactersThat = (holds: (character: string) => boolean): CharacterSet => {
  const found: Range[] = [];
  for (let codePoint = 1; codePoint <= lastCodePoint; codePoint += 1)
    if (!isSurrogate(codePoint) && holds(String.fromCodePoint(codePoint))) found.push([codePoint, codePoint]);
  return union(found);
};

const isSurrogate = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdfff;
