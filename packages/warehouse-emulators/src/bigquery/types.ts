import { NotCoveredError } from '../engine/not-covered.js';
import { closingOf, duckDbText, isSymbol, isWord, raw, type Token } from '../engine/tokens.js';

const names: { readonly [type: string]: string } = {
  int64: 'BIGINT',
  ...{ int: 'BIGINT', integer: 'BIGINT', bigint: 'BIGINT', smallint: 'BIGINT', tinyint: 'BIGINT', byteint: 'BIGINT' },
  float64: 'DOUBLE',
  string: 'VARCHAR',
  bytes: 'BLOB',
  ...{ bool: 'BOOLEAN', boolean: 'BOOLEAN' },
  date: 'DATE',
  time: 'TIME',
  datetime: 'TIMESTAMP',
  timestamp: 'TIMESTAMPTZ',
  json: 'JSON',
  geography: 'GEOGRAPHY',
};

const decimals: ReadonlySet<string> = new Set(['numeric', 'decimal', 'bignumeric', 'bigdecimal']);
const numericScale = 9;

/** A type of GoogleSQL, without brackets of its own, as DuckDB writes it. @throws NotCoveredError */
const duckDbType = (tokens: readonly Token[]): string => {
  const [first, ...rest] = tokens;
  const name = first?.value.toLowerCase() ?? '';
  if (isSymbol(rest[0], '<')) return nested(name, rest.slice(1, -1));
  if (decimals.has(name)) return decimal(name, rest);
  const known = names[name];
  if (known === undefined) throw new NotCoveredError(`the type ${name.toUpperCase()}`);
  return known;
};

export const isTypeName = ({ kind, value }: Token): boolean =>
  kind === 'word' && (value.toLowerCase() in names || decimals.has(value.toLowerCase()));

const decimal = (name: string, [open, precision, comma, scale]: readonly Token[]): string => {
  if (!isSymbol(open, '(')) {
    if (name.startsWith('big')) throw new NotCoveredError('columns of BIGNUMERIC without precision and scale');
    return `DECIMAL(38, ${numericScale})`;
  }
  if (Number(precision?.value) > 38) throw new NotCoveredError('more than 38 digits');
  return `DECIMAL(${precision?.value}, ${isSymbol(comma, ',') ? scale?.value : 0})`;
};

const nested = (name: string, inner: readonly Token[]): string => {
  if (name === 'array') return `${duckDbType(inner)}[]`;
  if (name !== 'struct') throw new NotCoveredError(`the type ${name.toUpperCase()}`);
  const fields = split(inner, ',').map(([field, ...type]) => `${duckDbText(field ? [field] : [])} ${duckDbType(type)}`);
  return `STRUCT(${fields.join(', ')})`;
};

/** Parts between separators that stand in no brackets. */
export const split = (tokens: readonly Token[], separator: string): readonly (readonly Token[])[] => {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (/^[(<]$/.test(token.value) && token.kind === 'symbol') depth += 1;
    if (/^[)>]$/.test(token.value) && token.kind === 'symbol') depth -= 1;
    if (depth === 0 && isSymbol(token, separator)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
};

/** The operand's text has no type here, so what a cast to an exact number of any size becomes depends on how it looks. */
export const castTo = (operand: readonly Token[], type: readonly Token[], isSafe: boolean): readonly Token[] => {
  const name = type[0]?.value.toLowerCase() ?? '';
  if (name === 'string' && !isSafe) return [raw('bq_string('), ...operand, raw(')')];
  if (name.startsWith('big') && type.length === 1) return exact(operand);
  return [raw(isSafe ? 'TRY_CAST(' : 'CAST('), ...operand, raw(` AS ${duckDbType(type)})`)];
};

const exact = (operand: readonly Token[]): readonly Token[] => {
  if (isText(operand)) return [raw('CAST('), ...operand, raw(' AS DECIMAL(38, 18))')];
  return [raw('('), ...operand, raw(' + CAST(0 AS DECIMAL(1, 0)))')];
};

const isText = (operand: readonly Token[]): boolean =>
  (operand.length === 1 && operand[0]?.kind === 'text') || operand[0]?.sql === 'bq_string(';

/** `CREATE TABLE t (a INT64, b STRING(10) NOT NULL)`: the types of its columns. */
export const columnTypes = (tokens: readonly Token[]): readonly Token[] => {
  const open = tokens.findIndex((token) => isSymbol(token, '('));
  const close = open < 0 ? undefined : closingOf(tokens, open);
  if (close === undefined) return tokens;
  const columns = split(tokens.slice(open + 1, close), ',').map(columnDefinition);
  return [
    ...tokens.slice(0, open + 1),
    ...columns.flatMap((column, index) => (index === 0 ? column : [raw(','), ...column])),
    ...tokens.slice(close),
  ];
};

const columnDefinition = (column: readonly Token[]): readonly Token[] => {
  const [name, ...rest] = column;
  const end = rest.findIndex((token, index) => index > 0 && isWord(token, 'not', 'options', 'default'));
  const type = end < 0 ? rest : rest.slice(0, end);
  const constraints = end < 0 ? [] : rest.slice(end);
  return name ? [{ ...name, kind: 'identifier' }, raw(duckDbType(withoutLength(type))), ...constraints] : column;
};

/** `STRING(10)` limits a length that DuckDB does not. */
const withoutLength = (type: readonly Token[]): readonly Token[] =>
  isWord(type[0], 'string', 'bytes') ? type.slice(0, 1) : type;
