import { NotCoveredError } from '../engine/not-covered.js';
import { closingOf, duckDbText, isSymbol, isWord, raw, type Token } from '../engine/tokens.js';
import { functions, takesTimePart } from './functions.js';
import { lex } from './lex.js';
import { castTo, columnTypes, isTypeName, split } from './types.js';

/** Words before a bracket that are no functions. */
const bracketed: ReadonlySet<string> = new Set(
  (
    'all and any as between by case distinct else exists from having in inner insert into intersect is join left like ' +
    'limit not on or order outer over partition right select set sets table then union using values when where with window'
  ).split(' '),
);

/** Parts of GoogleSQL that DuckDB writes in another form than other quotes and other names. */
const otherForms: ReadonlySet<string> = new Set([
  ...['unnest', 'pivot', 'unpivot', 'tablesample', 'qualify', 'safe_offset', 'match_recognize'],
]);

/** Statements that are named in a dry run, and not written for DuckDB. */
export const neverRun: ReadonlySet<string> = new Set([
  ...['SCRIPT', 'EXPORT_DATA', 'LOAD_DATA', 'CALL', 'ASSERT', 'DECLARE', 'BEGIN', 'EXECUTE'],
]);

/** The name under which a table is read as it was at a moment. */
export type HistoryOf = (path: readonly string[], at: string) => string;

export interface Translated {
  readonly sql: string;
  /** As `statistics.query.statementType` names it. */
  readonly statementType: string;
  /** The statement as it was cut. */
  readonly tokens: readonly Token[];
}

/**
 * Writes a statement for DuckDB: quotes, names of functions and types change token by token, and nothing is transpiled.
 * @throws NotCoveredError what cannot be written like that · LexError
 */
export const translate = (sql: string, historyOf: HistoryOf): Translated => {
  const tokens = lex(sql).filter((token, index, all) => !(isSymbol(token, ';') && index === all.length - 1));
  const statementType = statementTypeOf(tokens);
  if (neverRun.has(statementType)) return { sql: '', statementType, tokens };
  refuseOtherForms(tokens);
  const steps = [
    (all: readonly Token[]) => timeTravel(all, historyOf),
    statementType === 'CREATE_TABLE' && !tokens.some((token) => isWord(token, 'select')) ? columnTypes : unchanged,
    typedLiterals,
    casts,
    calls,
  ];
  return { sql: duckDbText(steps.reduce<readonly Token[]>((all, step) => step(all), tokens)), statementType, tokens };
};

const unchanged = (tokens: readonly Token[]): readonly Token[] => tokens;

const statementTypeOf = (tokens: readonly Token[]): string => {
  if (split(tokens, ';').length > 1) return 'SCRIPT';
  const first = tokens.find((token) => !isSymbol(token, '('));
  if (isWord(first, 'select', 'with')) return 'SELECT';
  if (isWord(first, 'create', 'drop', 'alter', 'truncate')) return ddl(tokens);
  if (isWord(first, 'export', 'load')) return `${first?.value.toUpperCase()}_DATA`;
  return first?.kind === 'word' ? first.value.toUpperCase() : 'SELECT';
};

const ddl = (tokens: readonly Token[]): string => {
  const words = tokens.slice(0, 4).map(({ value }) => value.toUpperCase());
  const object = words.find((word) => ['TABLE', 'VIEW', 'SCHEMA'].includes(word)) ?? '';
  return `${words[0]}_${object}`;
};

const refuseOtherForms = (tokens: readonly Token[]): void => {
  for (const [index, token] of tokens.entries()) {
    const isParameter = isSymbol(token, '@') || isSymbol(token, '?');
    if (isParameter) throw new NotCoveredError('query parameters');
    const isPrefix =
      isWord(token, 'safe', 'net', 'keys', 'hll_count', 'kll_quantiles') && isSymbol(tokens[index + 1], '.');
    if (isPrefix) throw new NotCoveredError(`${token.value.toUpperCase()}. functions`);
    if (token.kind === 'word' && otherForms.has(token.value.toLowerCase()) && !isSymbol(tokens[index - 1], '.'))
      throw new NotCoveredError(token.value.toUpperCase());
  }
};

const isName = (token: Token | undefined): boolean => token?.kind === 'identifier' || token?.kind === 'word';

/** `` `d`.`t` FOR SYSTEM_TIME AS OF TIMESTAMP '…' `` reads what the table was. */
const timeTravel = (tokens: readonly Token[], historyOf: HistoryOf): readonly Token[] => {
  const at = tokens.findIndex((token, index) => isWord(token, 'for') && isWord(tokens[index + 1], 'system_time'));
  if (at < 0) return tokens;
  const moment = tokens[at + 5];
  if (!isWord(tokens[at + 4], 'timestamp') || moment?.kind !== 'text')
    throw new NotCoveredError('FOR SYSTEM_TIME AS OF what is no literal');
  let start = at - 1;
  while (isSymbol(tokens[start - 1], '.') && isName(tokens[start - 2])) start -= 2;
  const path = tokens
    .slice(start, at)
    .filter(isName)
    .map(({ value }) => value);
  const read = [...tokens.slice(0, start), raw(historyOf(path, moment.value)), ...tokens.slice(at + 6)];
  return timeTravel(read, historyOf);
};

/** `NUMERIC '1.5'`, `DATETIME '…'`, `TIMESTAMP '…'`. */
const typedLiterals = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'text' && before && isTypeName(before)) return literalOf(before.value.toLowerCase(), token);
    return token.kind === 'word' && tokens[index + 1]?.kind === 'text' && isTypeName(token) ? raw('') : token;
  });

const literalOf = (type: string, token: Token): Token => {
  if (/numeric|decimal/.test(type)) return raw(decimalLiteral(token.value));
  const name = { datetime: 'TIMESTAMP', timestamp: 'TIMESTAMPTZ' }[type] ?? type.toUpperCase();
  return raw(`${name} ${duckDbText([token])}`);
};

const decimalLiteral = (text: string): string => {
  const [, whole = '', fraction = ''] = /^[+-]?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const precision = whole.length + fraction.length;
  if (precision > 38) throw new NotCoveredError('more than 38 digits');
  return `CAST('${text}' AS DECIMAL(${Math.max(precision, 1)}, ${fraction.length}))`;
};

/** `CAST(x AS T)`, from the inside out. */
const casts = (tokens: readonly Token[]): readonly Token[] => {
  const at = tokens.findLastIndex(
    (token, index) => isWord(token, 'cast', 'safe_cast') && token.sql === undefined && isSymbol(tokens[index + 1], '('),
  );
  const close = at < 0 ? undefined : closingOf(tokens, at + 1);
  if (close === undefined) return tokens;
  const inner = tokens.slice(at + 2, close);
  const as = inner.findLastIndex((token) => isWord(token, 'as'));
  const written = castTo(inner.slice(0, as), inner.slice(as + 1), isWord(tokens[at], 'safe_cast'));
  return casts([...tokens.slice(0, at), ...written, ...tokens.slice(close + 1)]);
};

const calls = (tokens: readonly Token[]): readonly Token[] => {
  const parts = timeParts(tokens);
  return tokens.map((token, index) => {
    if (parts.has(index)) return raw(`'${token.value.toLowerCase()}'`);
    return token.kind === 'word' && isSymbol(tokens[index + 1], '(') ? called(token, tokens[index - 1]) : token;
  });
};

const called = (token: Token, before: Token | undefined): Token => {
  const name = token.value.toLowerCase();
  if (bracketed.has(name) || isWord(before, 'into', 'table') || isSymbol(before, '.')) return token;
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known === undefined) throw new NotCoveredError(`the function ${token.value.toUpperCase()}`);
  return raw(known);
};

/** Positions of the last arguments that are parts of times. */
const timeParts = (tokens: readonly Token[]): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' || !takesTimePart.has(token.value.toLowerCase())) continue;
    const close = closingOf(tokens, index + 1);
    if (close !== undefined && tokens[close - 1]?.kind === 'word') found.add(close - 1);
  }
  return found;
};
