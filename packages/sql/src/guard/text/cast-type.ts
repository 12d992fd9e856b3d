import type { Token } from './scan.js';
import { words } from './words.js';

/**
 * Types that a cast may name. Others are refused: `'secret'::regclass` reads the catalogue.
 * One list for all dialects, because an engine refuses a type that it does not have.
 */
const simpleTypes = words(
  'bool boolean bit tinyint smallint int integer bigint hugeint utinyint usmallint uinteger ubigint uhugeint',
  'int1 int2 int4 int8 int16 int32 int64 int128 byte short long',
  'float float4 float8 float32 float64 real double decimal numeric bignumeric bigdecimal dec number',
  'char character varchar bpchar nchar nvarchar text string clob name citext',
  'blob bytea bytes binary varbinary date time timetz timestamp timestamptz datetime interval',
  'timestamp_s timestamp_ms timestamp_us timestamp_ns timestamp_ntz timestamp_ltz',
  'uuid json jsonb inet ipaddress variant void money',
);
const compositeTypes = words('array list struct row map');
const second: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['double', words('precision')],
  ['character', words('varying')],
  ['char', words('varying')],
  ['bit', words('varying')],
]);
const openers = words('( [ <');
const closers: ReadonlyMap<string, number> = new Map([
  [')', 1],
  [']', 1],
  ['>', 1],
  ['>>', 2],
]);

/** The index after the type that starts at `start`, or `undefined` when no allowed type starts there. */
export const endOfType = (tokens: readonly Token[], start: number): number | undefined => {
  const name = lower(tokens[start]);
  if (!simpleTypes.has(name) && !compositeTypes.has(name)) return undefined;
  let end = second.get(name)?.has(lower(tokens[start + 1])) ? start + 2 : start + 1;
  end = endOfBrackets(tokens, end, compositeTypes.has(name) ? '(<' : '(') ?? end;
  end = endOfTimeZone(tokens, end);
  return endOfDimensions(tokens, end);
};

const endOfBrackets = (tokens: readonly Token[], start: number, opening: string): number | undefined => {
  if (!isSymbolOf(tokens[start], opening)) return undefined;
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || !mayStandInType(tokens, index)) return undefined;
    depth += openers.has(token.text) ? 1 : -(closers.get(token.text) ?? 0);
    if (depth <= 0) return depth === 0 ? index + 1 : undefined;
  }
  return undefined;
};

/** Inside a composite type: types, sizes, and the names of fields, which a type or a colon follows. */
const mayStandInType = (tokens: readonly Token[], index: number): boolean => {
  const token = tokens[index];
  const name = lower(token);
  if (token?.kind === 'symbol') return openers.has(name) || closers.has(name) || name === ',' || name === ':';
  if (token?.kind === 'number') return true;
  if (token?.kind !== 'word' && token?.kind !== 'name') return false;
  const next = tokens[index + 1];
  return next?.kind === 'word' || next?.text === ':' || simpleTypes.has(name) || compositeTypes.has(name);
};

const endOfTimeZone = (tokens: readonly Token[], start: number): number => {
  const [first, middle, last] = [0, 1, 2].map((step) => lower(tokens[start + step]));
  return (first === 'with' || first === 'without') && middle === 'time' && last === 'zone' ? start + 3 : start;
};

const endOfDimensions = (tokens: readonly Token[], start: number): number => {
  let end = start;
  while (tokens[end]?.text === '[') {
    const close = tokens[end + 1]?.kind === 'number' ? end + 2 : end + 1;
    if (tokens[close]?.text !== ']') break;
    end = close + 1;
  }
  return end;
};

const isSymbolOf = (token: Token | undefined, symbols: string): boolean =>
  token?.kind === 'symbol' && token.text.length === 1 && symbols.includes(token.text);

const lower = (token: Token | undefined): string => (token?.kind === 'name' ? '' : (token?.text.toLowerCase() ?? ''));
