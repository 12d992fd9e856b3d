import {
  type CharacterSet,
  complement,
  perlClasses,
  posixClasses,
  single,
  unicodeClass,
  union,
} from './character-set.js';
import type { PatternReader } from './reader.js';

/** Reads a bracket expression after its `[`. `fold` widens the set before it is negated. */
export const parseClass = (reader: PatternReader, fold: (set: CharacterSet) => CharacterSet): CharacterSet => {
  const isNegated = reader.take('^');
  const items: CharacterSet[] = [];
  while (items.length === 0 || reader.peek() !== ']') items.push(parseItem(reader));
  reader.take(']');
  const set = fold(union(...items));
  if (set.length === 0) throw reader.invalid('a bracket expression holds no character');
  return isNegated ? complement(set) : set;
};

/** One character, a range, or a named class. */
const parseItem = (reader: PatternReader): CharacterSet => {
  const posix = reader.takeMatch(/^\[:(\^?)(\w+):\]/);
  if (posix) return posixClass(reader, posix[2] ?? '', posix[1] === '^');
  if (/^(\[[.=]|&&)/.test(reader.peek(2))) throw reader.unsupported(`\`${reader.peek(2)}\` inside brackets`);
  const first = parseMember(reader);
  if (!isRange(reader)) return first;
  reader.take('-');
  return range(reader, first, parseMember(reader));
};

/** A `-` before the closing bracket is itself. */
const isRange = (reader: PatternReader): boolean => reader.peek() === '-' && reader.peek(2) !== '-]';

const range = (reader: PatternReader, from: CharacterSet, to: CharacterSet): CharacterSet => {
  const first = onlyCharacter(from);
  const last = onlyCharacter(to);
  if (first === undefined || last === undefined) throw reader.invalid('a class stands at the end of a range');
  if (last < first) throw reader.invalid('a range runs backwards');
  return [[first, last]];
};

const onlyCharacter = (set: CharacterSet): number | undefined => {
  const [run] = set;
  return set.length === 1 && run && run[0] === run[1] ? run[0] : undefined;
};

const parseMember = (reader: PatternReader): CharacterSet => {
  const character = reader.next('`]`');
  return character === '\\' ? parseEscapedSet(reader) : single(character.codePointAt(0) ?? 0);
};

const posixClass = (reader: PatternReader, name: string, isNegated: boolean): CharacterSet => {
  const set = posixClasses[name];
  if (!set) throw reader.invalid(`[:${name}:] is no character class`);
  return isNegated ? complement(set) : set;
};

const controls: { readonly [letter: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7 };

/** What an escape stands for, after its backslash: a character or a class of characters. */
export const parseEscapedSet = (reader: PatternReader): CharacterSet => {
  const code = reader.takeMatch(/^(?:x\{([\da-fA-F]{1,8})\}|x([\da-fA-F]{2})|u([\da-fA-F]{4}))/);
  if (code) return single(codePoint(reader, code[1] ?? code[2] ?? code[3] ?? ''));
  const property = reader.takeMatch(/^([pP])(?:\{(\^?)(\w+)\}|(\w))/);
  if (property) return propertySet(reader, property);
  const letter = reader.next('the character after `\\`');
  const control = controls[letter];
  if (control !== undefined) return single(control);
  return perlClasses[letter] ?? single(punctuation(reader, letter));
};

const codePoint = (reader: PatternReader, digits: string): number => {
  const value = Number.parseInt(digits, 16);
  if (value === 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    throw reader.invalid(`U+${digits} is no character that text can hold`);
  return value;
};

const propertySet = (reader: PatternReader, found: RegExpExecArray): CharacterSet => {
  const name = found[3] ?? found[4] ?? '';
  const set = unicodeClass(name);
  if (!set) throw reader.invalid(`${name} is no Unicode category or script`);
  return (found[1] === 'P') === (found[2] === '^') ? set : complement(set);
};

const punctuation = (reader: PatternReader, letter: string): number => {
  if (/[1-9]/.test(letter)) throw reader.unsupported('a back-reference');
  if (letter === 'h')
    throw reader.unsupported('`\\h`', 'Write [ \\t] for white space or [0-9A-Fa-f] for hexadecimal digits.');
  if (letter === 'Z') throw reader.unsupported('`\\Z`', 'Write $ for the end of the text.');
  if (/[0-9A-Za-z]/.test(letter)) throw reader.unsupported(`\`\\${letter}\``);
  return letter.codePointAt(0) ?? 0;
};
