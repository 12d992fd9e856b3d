import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import {
  legitimate,
  type Part,
  type Piece,
  piecesIn,
  printed,
  type Role,
  replaced,
  tokensOf,
} from '../grammar/index.js';
import type { Random } from '../random.js';
import type { Planted } from './planted.js';
import { hostileSources } from './sources.js';
import { boundaries, hostileTails, keywords } from './tails.js';
import { hostileValues } from './values.js';

/** Makes a legitimate statement hostile. */
interface Attempt {
  readonly dialect: DialectName;
  readonly planted: Planted;
  readonly random: Random;
}

/** A statement that tries to reach what is out of scope, or that only looks as if. */
export const hostile = (attempt: Attempt): string => {
  const { dialect, random } = attempt;
  let tree: Part = legitimate(dialect, random);
  for (let changes = random.pick([0, 1, 1, 1, 2]); changes > 0; changes -= 1)
    tree = random.pick(ofTrees)(tree, attempt);
  let text = printed(tree, random);
  for (let changes = random.pick([0, 0, 0, 1, 2]); changes > 0; changes -= 1)
    text = random.pick(ofTexts)(text, attempt);
  return text;
};

type TreeMutation = (tree: Part, attempt: Attempt) => Part;

const replacedOne = (
  tree: Part,
  roles: readonly Role[],
  random: Random,
  replacement: (target: Piece) => Part,
): Part => {
  const targets = piecesIn(tree, new Set(roles));
  if (targets.length === 0) return tree;
  const target = random.pick(targets);
  return replaced(tree, target, replacement(target));
};

const tokens = (text: string): Piece => ({ role: 'part', parts: text.split(' ') });

const otherTable: TreeMutation = (tree, { dialect, planted, random }) =>
  replacedOne(tree, ['table'], random, () => tokens(random.pick(hostileSources(dialect, planted))));

const otherValue: TreeMutation = (tree, { dialect, planted, random }) =>
  replacedOne(tree, ['value', 'condition'], random, () => tokens(random.pick(hostileValues(dialect, planted))));

/** Beside what was there, so that types have a chance to fit. */
const besideCondition: TreeMutation = (tree, { random }) =>
  replacedOne(tree, ['condition'], random, (target) => ({
    role: 'condition',
    parts: ['(', target, random.pick(['or', 'and']), 'exists', '(', ...tokens('select 1 from secret').parts, ')', ')'],
  }));

const tail: TreeMutation = (tree, { planted, random }) =>
  replacedOne(tree, ['query', 'source', 'value', 'condition', 'part'], random, (target) => ({
    role: target.role,
    parts: [target, tokens(random.pick(hostileTails(planted)))],
  }));

/** A token of the statement swapped for a word, or a word put before it. */
const keyword: TreeMutation = (tree, { random }) => {
  const all = tokensOf(tree);
  const at = random.below(all.length);
  const word = random.pick(keywords).split(' ');
  return { role: 'query', parts: [...all.slice(0, at), ...word, ...all.slice(random.chance(0.5) ? at + 1 : at)] };
};

const aliases = [
  'secret',
  '"secret"',
  '`secret`',
  'SECRET',
  'Secret',
  '"SECRET"',
  'seсret',
  'ſecret',
  'vault.keys',
  '"vault.keys"',
  '`vault.keys`',
  'to\u212aen',
  'only',
  '"only"',
  'table',
  '"table"',
  'lateral',
  'values',
  'desc',
  'pivot_wider',
];
const references = [
  'secret',
  '"secret"',
  'Secret',
  'SECRET',
  'token',
  'vault.keys',
  'main.secret',
  'public.secret',
  '`vault.keys`',
  '`secret`',
  'only secret',
  'table secret',
  'desc secret',
  'lateral secret',
];
const bodies = [
  ...[
    'select 1 as v',
    'select id as v from orders',
    'select v from secret',
    "select 'x' as v union all select v from secret",
    'table secret',
  ],
  ...[
    "select 'x' as v union all by name select v from secret",
    "select v from secret union all select 'x'",
    'select v from secret where false',
  ],
  ...[
    "( select 'x' as v ) union ( select v from secret )",
    "select 'x' as v union all ( select v from secret )",
    "( select 'x' as v union all select v from secret )",
  ],
  ...[
    "select 'x' as v union all select v from secret union all select 'y'",
    "select 'x' as v except select v from secret",
    "select 'x' as v intersect select v from secret",
  ],
  ...[
    "with secret as ( select 'x' as v ) select v from secret",
    "select v from ( with secret as ( select 'x' as v ) select v from secret ) s",
    'delete from ledger returning v',
  ],
];

/** A definition that hides a table, or fails to, in front of the statement or of a query inside. */
const definition: TreeMutation = (tree, { random }) =>
  replacedOne(tree, ['query'], random, (target) => {
    const [alias, body, reference] = [random.pick(aliases), random.pick(bodies), random.pick(references)];
    const recursive = random.chance(0.4) ? 'recursive ' : '';
    const columns = random.chance(0.2) ? '( v ) ' : '';
    const second = random.chance(0.3) ? ` , ${random.pick(aliases)} as ( ${random.pick(bodies)} )` : '';
    const head = tokens(`with ${recursive}${alias} ${columns}as ( ${body} )${second}`.replaceAll('  ', ' '));
    const read = tokens(`select v from ${reference}`);
    const parts = random.pick<readonly Part[]>([
      [head, read],
      [head, read],
      [head, target],
      [head, read, 'union', 'all', read],
      [head, '(', read, ')', 'union', 'all', read],
      ['(', head, read, ')', 'union', 'all', read],
      [head, '(', target, ')'],
      ['select', '*', 'from', '(', head, read, ')', 'as', 'q', ',', tokens(reference)],
      ['select', '(', head, read, 'limit', '1', ')', 'from', tokens(reference)],
      [head, 'select', '*', 'from', tokens(reference), 'as', 'q', 'where', 'exists', '(', read, ')'],
    ]);
    return { role: 'query', parts };
  });

/** One half of this statement and one of another. */
const spliced: TreeMutation = (tree, { dialect, random }) => {
  const [all, other] = [tokensOf(tree), tokensOf(legitimate(dialect, random))];
  return {
    role: 'query',
    parts: [...all.slice(0, random.below(all.length)), ...other.slice(random.below(other.length))],
  };
};

const ofTrees: readonly TreeMutation[] = [
  ...[otherTable, otherTable, otherTable, otherValue, otherValue, otherValue, besideCondition],
  ...[tail, tail, keyword, keyword, definition, definition, definition, spliced],
];

type TextMutation = (text: string, attempt: Attempt) => string;

const boundary: TextMutation = (text, { random }) => {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(boundaries) + text.slice(random.chance(0.3) ? at + 1 : at);
};

/** At the inside of a string or a quoted name, where it matters most. */
const boundaryInQuotes: TextMutation = (text, { random }) => {
  const quotes = [...text.matchAll(/['"`]/g)].map(({ index }) => index);
  if (quotes.length === 0) return text;
  const at = random.pick(quotes) + random.below(2);
  return text.slice(0, at) + random.pick(boundaries) + text.slice(at);
};

const cut: TextMutation = (text, { random }) => text.slice(0, 1 + random.below(text.length));

const repeated: TextMutation = (text, { random }) => {
  const [start, length] = [random.below(text.length), 1 + random.below(20)];
  const at = random.below(text.length);
  return text.slice(0, at) + text.slice(start, start + length) + text.slice(at);
};

/** Letters that look alike, or that some fold to the same one. */
const twins: Readonly<Record<string, readonly string[]>> = {
  ...{
    a: ['а', 'ａ'],
    e: ['е', 'é'],
    o: ['ο', 'о', '0'],
    s: ['ѕ', 'ſ'],
    k: ['\u212a', 'К'],
    i: ['ı', 'İ', 'і'],
    "'": ['’', '＇'],
    '"': ['“', '＂'],
  },
  ...{
    '(': ['（'],
    ';': ['；', '\u037e'],
    '-': ['‐', '−'],
    '.': ['．', '。'],
    ' ': ['\u00a0', '\u3000', '\u2003', '\ufeff', '\u0085'],
  },
};

const homoglyph: TextMutation = (text, { random }) => {
  const at = random.below(Math.max(1, text.length));
  const twin = twins[text.charAt(at).toLowerCase()];
  return twin === undefined ? text : text.slice(0, at) + random.pick(twin) + text.slice(at + 1);
};

const ofTexts: readonly TextMutation[] = [
  boundary,
  boundary,
  boundaryInQuotes,
  boundaryInQuotes,
  boundaryInQuotes,
  cut,
  repeated,
  homoglyph,
  homoglyph,
];
