import { NotCoveredError } from '../engine/not-covered.js';

/** Boundaries of ASCII words, as our dialects write them for engines whose `\b` knows more letters. */
const boundaries: readonly (readonly [string, string])[] = [
  ['(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))', '\\b'],
  ['(?:(?<![0-9A-Za-z_])(?![0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_]))', '\\B'],
];

/** What RE2 lacks or reads in another way. */
const strange = /\(\?(?:<?[=!]|>)|[*+?}]\+|\\[bBdDsSwWpPGZkhHRX]|\[[^\]]*&&|\\[1-9]/;

/**
 * A pattern of Java's syntax in that of RE2: only how characters and boundaries are spelled changes.
 * @throws NotCoveredError for what RE2 lacks, or reads in another way
 */
export const re2Pattern = (pattern: string): string => {
  const parts = split(pattern, boundaries);
  return parts.map(({ text, isBoundary }) => (isBoundary ? text : plain(text))).join('');
};

interface Part {
  readonly text: string;
  readonly isBoundary: boolean;
}

const split = (pattern: string, [first, ...others]: typeof boundaries): readonly Part[] => {
  if (!first) return [{ text: pattern, isBoundary: false }];
  const [written, short] = first;
  return pattern
    .split(written)
    .flatMap((text, index) => [...(index === 0 ? [] : [{ text: short, isBoundary: true }]), ...split(text, others)]);
};

const plain = (text: string): string => {
  const withoutQuotedSigns = text.replaceAll(/\\[^\p{L}\p{N}]/gu, '_');
  if (strange.test(withoutQuotedSigns)) throw new NotCoveredError('patterns that RE2 reads in another way');
  return text.replaceAll(/(\\\\)|\\u([\da-fA-F]{4})/g, (all, quoted, code) => (quoted ? all : `\\x{${code}}`));
};
