import { type CharacterSet, complement, foldCase, lastCodePoint, perlClasses, single } from './character-set.js';
import { parseClass, parseEscapedSet } from './parse-class.js';
import { PatternReader } from './reader.js';
import type { Pattern } from './tree.js';

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotMatchesNewline: boolean;
}

/** Most repetitions that a counted quantifier may ask for, as in RE2. */
const maxRepeat = 1000;
/** Groups within groups, before an engine's own parser might give up. */
const maxDepth = 200;

/**
 * Reads a pattern of the portable subset, which every warehouse can search for with the same result:
 * literals, `.`, `[…]` and `[^…]`, `\d \w \s \D \W \S` and `[[:alpha:]]` (ASCII), `\p{L}` and `\P{L}`, `^ $ \A \z`
 * (the whole text), `\b \B` (ASCII), `|`, groups of any kind, `* + ? {n} {n,} {n,m}` and their lazy forms, `(?i)`,
 * `(?s)`, `\t \n \r \f \v`, `\xHH`, `\x{H…}`, `\uHHHH` and escaped punctuation.
 *
 * @throws RuleError `unsupported` for look-around, back-references, possessive quantifiers, atomic groups and other flags.
 * @throws RuleError `invalid` for what is no pattern at all.
 */
export const parsePattern = (pattern: string): Pattern => {
  const reader = new PatternReader(pattern);
  if (/\0|\p{Cs}/u.test(pattern)) throw reader.invalid('it holds a character that text cannot hold');
  return new PatternParser(reader).parse();
};

class PatternParser {
  #flags: Flags = { ignoreCase: false, dotMatchesNewline: false };
  #depth = 0;

  constructor(readonly reader: PatternReader) {}

  parse(): Pattern {
    const pattern = this.#choice();
    if (!this.reader.isAtEnd) throw this.reader.invalid('a `)` has no `(`');
    return pattern;
  }

  #choice(): Pattern {
    const branches = [this.#sequence()];
    while (this.reader.take('|')) branches.push(this.#sequence());
    const [only] = branches;
    return branches.length === 1 && only ? only : { kind: 'choice', branches };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (!this.reader.isAtEnd && this.reader.peek() !== '|' && this.reader.peek() !== ')') {
      const part = this.#quantified();
      if (part) parts.push(part);
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'sequence', parts };
  }

  #quantified(): Pattern | undefined {
    const atom = this.#atom();
    const bounds = this.#quantifier();
    if (!bounds) return atom;
    if (!atom || isAssertion(atom)) throw this.reader.invalid('a quantifier has nothing to repeat');
    this.reader.take('?');
    if (this.reader.peek() === '+') throw this.reader.unsupported('a possessive quantifier');
    if (this.#quantifier()) throw this.reader.invalid('two quantifiers follow each other');
    return { kind: 'repeat', of: atom, ...bounds };
  }

  #quantifier(): { min: number; max: number | undefined } | undefined {
    if (this.reader.take('*')) return { min: 0, max: undefined };
    if (this.reader.take('+')) return { min: 1, max: undefined };
    if (this.reader.take('?')) return { min: 0, max: 1 };
    const counted = this.reader.takeMatch(/^\{(\d+)(,(\d*))?\}/);
    if (!counted) return undefined;
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : undefined;
    if (Math.max(min, max ?? 0) > maxRepeat) throw this.reader.invalid(`${counted[0]} repeats more than 1,000 times`);
    if (max !== undefined && max < min) throw this.reader.invalid(`${counted[0]} counts backwards`);
    return { min, max };
  }

  /** `undefined` for a flag group such as `(?i)`, which matches nothing itself. */
  #atom(): Pattern | undefined {
    const character = this.reader.next('a character');
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#set(parseClass(this.reader, (set) => this.#fold(set)));
      case '.':
        return this.#set(this.#flags.dotMatchesNewline ? [[0, lastCodePoint]] : complement(single(0x0a)));
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return this.#escaped();
      case '*':
      case '+':
      case '?':
        throw this.reader.invalid('a quantifier has nothing to repeat');
      default:
        return this.#set(this.#fold(single(character.codePointAt(0) ?? 0)));
    }
  }

  #escaped(): Pattern {
    const letter = this.reader.peek();
    const kind = assertions[letter];
    if (kind) {
      this.reader.take(letter);
      return { kind };
    }
    const set = parseEscapedSet(this.reader);
    return this.#set(perlClasses[letter] ? set : this.#fold(set));
  }

  #group(): Pattern | undefined {
    const outer = this.#flags;
    if (this.reader.peek() === '?' && this.#startsFlagGroup()) return undefined;
    this.#depth += 1;
    if (this.#depth > maxDepth) throw this.reader.invalid('groups are nested too deeply');
    const pattern = this.#choice();
    if (!this.reader.take(')')) throw this.reader.invalid('a `(` has no `)`');
    this.#depth -= 1;
    this.#flags = outer;
    return pattern.kind === 'sequence' || pattern.kind === 'choice' ? pattern : { kind: 'sequence', parts: [pattern] };
  }

  /** Reads what follows `(?`. True when it was only flags, which hold up to the end of the enclosing group. */
  #startsFlagGroup(): boolean {
    const { reader } = this;
    if (reader.takeMatch(/^\?P?<[A-Za-z_]\w*>/)) return false;
    if (reader.takeMatch(/^\?<?[=!]/)) throw reader.unsupported('look-around');
    if (reader.peek(2) === '?>') throw reader.unsupported('an atomic group');
    if (reader.peek(2) === '?#') throw reader.unsupported('a comment');
    const flags = reader.takeMatch(/^\?([A-Za-z]*)(?:-([A-Za-z]+))?([:)])/);
    if (!flags) throw reader.unsupported('a group that starts with `(?`');
    this.#setFlags(flags[1] ?? '', true);
    this.#setFlags(flags[2] ?? '', false);
    return flags[3] === ')';
  }

  #setFlags(letters: string, value: boolean): void {
    for (const letter of letters) {
      if (letter === 'i') this.#flags = { ...this.#flags, ignoreCase: value };
      else if (letter === 's') this.#flags = { ...this.#flags, dotMatchesNewline: value };
      else throw this.reader.unsupported(`the flag \`${letter}\``);
    }
  }

  #fold(set: CharacterSet): CharacterSet {
    return this.#flags.ignoreCase ? foldCase(set) : set;
  }

  #set(set: CharacterSet): Pattern {
    return { kind: 'set', set };
  }
}

const assertions: { readonly [letter: string]: 'start' | 'end' | 'word_boundary' | 'not_word_boundary' } = {
  A: 'start',
  z: 'end',
  b: 'word_boundary',
  B: 'not_word_boundary',
};

/** Groups are sequences, so `(?:^)*` is a repetition of a group and stays legal. */
const isAssertion = ({ kind }: Pattern): boolean =>
  kind === 'start' || kind === 'end' || kind === 'word_boundary' || kind === 'not_word_boundary';
