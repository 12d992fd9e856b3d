import type { Random } from '../random.js';

/** What a piece of a generated statement is, so that a mutation knows where it may stand. */
export type Role = 'query' | 'source' | 'table' | 'value' | 'condition' | 'definition' | 'name' | 'part';

/** A piece of a generated statement: tokens, and pieces with roles of their own. */
export interface Piece {
  readonly role: Role;
  readonly parts: readonly Part[];
}
export type Part = string | Piece;

type Written = Part | readonly Part[] | undefined | false;

/** A piece from a template: its words are tokens, what stands in `${}` are tokens, pieces or lists of them. */
export const piece =
  (role: Role) =>
  (texts: TemplateStringsArray, ...written: readonly Written[]): Piece => ({
    role,
    parts: texts.flatMap((text, index) => [...tokensIn(text), ...partsOf(written[index])]),
  });

const tokensIn = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

const partsOf = (written: Written): readonly Part[] => {
  if (written === undefined || written === false) return [];
  return Array.isArray(written) ? (written as readonly Part[]) : [written as Part];
};

export const commaSeparated = (parts: readonly Part[]): readonly Part[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [',', part]));

/** The tokens of a piece, in order. */
export const tokensOf = (part: Part): readonly string[] =>
  typeof part === 'string' ? [part] : part.parts.flatMap(tokensOf);

/** All pieces inside a piece that have one of the roles, itself included. */
export const piecesIn = (part: Part, roles: ReadonlySet<Role>): readonly Piece[] => {
  if (typeof part === 'string') return [];
  const inside = part.parts.flatMap((child) => piecesIn(child, roles));
  return roles.has(part.role) ? [part, ...inside] : inside;
};

/** The same piece with one piece inside replaced. */
export const replaced = (part: Part, target: Piece, replacement: Part): Part => {
  if (part === target) return replacement;
  return typeof part === 'string'
    ? part
    : { role: part.role, parts: part.parts.map((child) => replaced(child, target, replacement)) };
};

/** Blanks that may stand between any two tokens: to the engine, a comment is one. */
const plainBlanks = [' ', ' ', ' ', ' ', ' ', '\n', '\t', '  ', '\r\n'];
const comments = [
  '/* a comment */',
  "/* it's */",
  '/* ; drop table orders */',
  '/**/',
  '/* -- */',
  '/* "x */',
  '/* `y */',
  '-- the rest\n',
  "-- don't\n",
  '-- /* open\n',
  '-- $$\n',
];

/** The tokens as text, with blanks and comments by chance. Every statement has the same tokens however it is printed. */
export const printed = (part: Part, random: Random): string => {
  const noise = random.chance(0.5) ? 0 : random.pick([0.02, 0.1, 0.3]);
  const blank = (): string => {
    if (!random.chance(noise)) return ' ';
    return random.chance(0.5) ? random.pick(plainBlanks) : ` ${random.pick(comments)} `;
  };
  return tokensOf(part)
    .map((token, index) => (index === 0 ? token : `${blank()}${token}`))
    .join('');
};
