import { NotCoveredError } from '../engine/not-covered.js';
import { closingOf, duckDbText, isSymbol, isWord, quotedText, raw, type Token } from '../engine/tokens.js';
import { functions } from './functions.js';
import { lex } from './lex.js';
import { re2Pattern } from './pattern.js';
import { addedColumn, castTo, tableDefinition } from './types.js';

/** Words before a bracket that are no functions. */
const bracketed: ReadonlySet<string> = new Set(
  (
    'all and any as between by case distinct else except exists filter from having in inner insert into intersect is ' +
    'join left like limit not on or order outer over partition right select set sets some table then union using values when ' +
    'where with window array decimal varchar timestamp time row'
  ).split(' '),
);

/** Parts of Trino's SQL that DuckDB writes in another form than other names, or gives another meaning. */
const otherForms: ReadonlySet<string> = new Set([
  ...['unnest', 'tablesample', 'match_recognize', 'uescape', 'json_table', 'lateral', 'within'],
]);

/** Statements that are recognised, and not written for DuckDB. */
const neverRun: ReadonlySet<string> = new Set([
  ...['ALTER', 'ANALYZE', 'CALL', 'COMMENT', 'COMMIT', 'DEALLOCATE', 'DENY', 'DESCRIBE', 'EXECUTE', 'EXPLAIN', 'GRANT'],
  ...['MERGE', 'PREPARE', 'REFRESH', 'RESET', 'REVOKE', 'ROLLBACK', 'SET', 'SHOW', 'START', 'TRUNCATE', 'USE'],
]);

export interface Translated {
  /** For DuckDB; empty for statements that are recognised only. */
  readonly sql: string;
  /** `SELECT`, `INSERT`, `CREATE_TABLE`, `START`, …: the words that a statement begins with. */
  readonly statementType: string;
  /** The statement as it was cut. */
  readonly tokens: readonly Token[];
}

/** The version of a table that `FOR VERSION AS OF` or `FOR TIMESTAMP AS OF` asks for. */
export interface AsOf {
  readonly of: 'version' | 'timestamp';
  /** As it is written, without the quotes of a literal. */
  readonly value: string;
}

/** What stands for a name in DuckDB, where that is another; names of columns are asked for too. */
export type RelationOf = (path: readonly string[], asOf: AsOf | undefined) => string | undefined;

/**
 * Writes a statement of Trino for DuckDB with the macros of `macroStatements`: names of functions and types, literals and
 * patterns change token by token, and nothing is transpiled.
 * @throws NotCoveredError what cannot be written like that · LexError
 */
export const translate = (sql: string, relationOf: RelationOf = () => undefined): Translated => {
  const tokens = lex(sql).filter((token, index, all) => !(isSymbol(token, ';') && index === all.length - 1));
  const statementType = statementTypeOf(tokens);
  if (neverRun.has(statementType) && !isAddedColumn(tokens)) return { sql: '', statementType, tokens };
  return { sql: duckDbText(translatedTokens(tokens, statementType, relationOf)), statementType, tokens };
};

const translatedTokens = (
  tokens: readonly Token[],
  statementType: string,
  relationOf: RelationOf,
): readonly Token[] => {
  refuseOtherForms(tokens);
  const isDefinition = statementType === 'CREATE_TABLE' && !tokens.some((token) => isWord(token, 'select'));
  const named = (all: readonly Token[]) => relations(all, relationOf);
  const defined = isAddedColumn(tokens) ? addedColumn : unchanged;
  const steps = [isDefinition ? tableDefinition : defined, named, patterns, casts, typedLiterals, calls];
  return steps.reduce<readonly Token[]>((all, step) => step(all), tokens);
};

const unchanged = (tokens: readonly Token[]): readonly Token[] => tokens;

/** `ALTER TABLE t ADD COLUMN a integer`. */
const isAddedColumn = (tokens: readonly Token[]): boolean =>
  isWord(tokens[0], 'alter') &&
  tokens.some((token, index) => isWord(token, 'add') && isWord(tokens[index + 1], 'column'));

const statementTypeOf = (tokens: readonly Token[]): string => {
  const first = tokens.find((token) => !isSymbol(token, '('));
  if (isWord(first, 'select', 'with', 'values', 'table')) return 'SELECT';
  if (isWord(first, 'create', 'drop')) return definition(tokens);
  return first?.kind === 'word' ? first.value.toUpperCase() : 'SELECT';
};

const definition = (tokens: readonly Token[]): string => {
  const words = tokens.slice(0, 4).map(({ value }) => value.toUpperCase());
  return `${words[0]}_${words.find((word) => ['TABLE', 'VIEW', 'SCHEMA'].includes(word)) ?? ''}`;
};

const refuseOtherForms = (tokens: readonly Token[]): void => {
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, '?')) throw new NotCoveredError('parameters');
    if (isSymbol(token, '->')) throw new NotCoveredError('lambdas');
    if (isSymbol(token, ';')) throw new NotCoveredError('several statements');
    const isPart = isSymbol(tokens[index - 1], '.');
    if (token.kind === 'word' && otherForms.has(token.value.toLowerCase()) && !isPart)
      throw new NotCoveredError(token.value.toUpperCase());
    if (isWord(token, 'at') && isWord(tokens[index + 1], 'time') && !isWallClock(tokens, index))
      throw new NotCoveredError("AT TIME ZONE other than CAST(… AT TIME ZONE 'UTC' AS timestamp)");
  }
};

/** `AT TIME ZONE 'UTC' AS timestamp(6))` gives the same in both engines; elsewhere the result has another type. */
const isWallClock = (tokens: readonly Token[], at: number): boolean => {
  const zone = tokens[at + 3];
  const after = isSymbol(tokens[at + 6], '(') ? tokens[at + 9] : tokens[at + 6];
  const isUtc = zone?.kind === 'text' && zone.value === 'UTC';
  return isUtc && isWord(tokens[at + 4], 'as') && isWord(tokens[at + 5], 'timestamp') && isSymbol(after, ')');
};

const isName = (token: Token | undefined): boolean => token?.kind === 'identifier' || token?.kind === 'word';

/** Names that stand for something else, with the version that is asked for behind them. */
const relations = (tokens: readonly Token[], relationOf: RelationOf): readonly Token[] => {
  const written: Token[] = [];
  for (let index = 0; index < tokens.length; ) {
    const end = endOfName(tokens, index);
    const asOf = asOfAt(tokens, end);
    const next = asOf ? end + asOf.length : end;
    const path = tokens.slice(index, end).filter(isName);
    const other =
      path.length > 0
        ? relationOf(
            path.map(({ value }) => value),
            asOf?.asOf,
          )
        : undefined;
    if (asOf && other === undefined) throw new NotCoveredError(`FOR ${asOf.asOf.of.toUpperCase()} AS OF`);
    written.push(...(other === undefined ? tokens.slice(index, next) : [raw(other)]));
    index = next;
  }
  return written;
};

/** Behind `a.b.c`, or behind the one token that is no name. */
const endOfName = (tokens: readonly Token[], start: number): number => {
  let end = start + 1;
  while (isName(tokens[start]) && isSymbol(tokens[end], '.') && isName(tokens[end + 1])) end += 2;
  return end;
};

/** `FOR VERSION AS OF 1`, `FOR TIMESTAMP AS OF TIMESTAMP '…'`. */
const asOfAt = (tokens: readonly Token[], at: number): { readonly asOf: AsOf; readonly length: number } | undefined => {
  const [first, of, as, last, ...rest] = tokens.slice(at, at + 6);
  if (!isWord(first, 'for') || !isWord(of, 'version', 'timestamp') || !isWord(as, 'as') || !isWord(last, 'of'))
    return undefined;
  const kind = isWord(of, 'version') ? 'version' : 'timestamp';
  const isTyped = isWord(rest[0], 'timestamp', 'bigint');
  const value = (isTyped ? rest[1] : rest[0])?.value ?? '';
  return { asOf: { of: kind, value }, length: isTyped ? 6 : 5 };
};

/** The pattern of `regexp_like` has to be a text, so that what RE2 reads otherwise is seen. */
const patterns = (tokens: readonly Token[]): readonly Token[] => {
  const texts = new Map<number, string>();
  for (const [index, token] of tokens.entries()) {
    if (!isWord(token, 'regexp_like') || !isSymbol(tokens[index + 1], '(')) continue;
    const last = (closingOf(tokens, index + 1) ?? 0) - 1;
    const pattern = tokens[last];
    if (pattern?.kind !== 'text' || !isSymbol(tokens[last - 1], ','))
      throw new NotCoveredError('patterns that are no literals');
    texts.set(last, re2Pattern(pattern.value));
  }
  return tokens.map((token, index) => ({ ...token, value: texts.get(index) ?? token.value }));
};

/** `CAST(x AS T)`, from the inside out. */
const casts = (tokens: readonly Token[]): readonly Token[] => {
  const at = tokens.findLastIndex(
    (token, index) => isWord(token, 'cast', 'try_cast') && token.sql === undefined && isSymbol(tokens[index + 1], '('),
  );
  const close = at < 0 ? undefined : closingOf(tokens, at + 1);
  if (close === undefined) return tokens;
  const inner = tokens.slice(at + 2, close);
  const as = inner.findLastIndex((token) => isWord(token, 'as'));
  const written = castTo(inner.slice(0, as), inner.slice(as + 1), isWord(tokens[at], 'try_cast'));
  return casts([...tokens.slice(0, at), ...written, ...tokens.slice(close + 1)]);
};

const literalTypes = ['decimal', 'date', 'time', 'timestamp', 'real', 'double', 'bigint', 'json', 'uuid'];

/** `DECIMAL '1.5'`, `TIMESTAMP '…'`. */
const typedLiterals = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'text' && isWord(before, ...literalTypes))
      return literalOf(before?.value.toLowerCase() ?? '', token);
    return tokens[index + 1]?.kind === 'text' && isWord(token, ...literalTypes) ? raw('') : token;
  });

const literalOf = (type: string, token: Token): Token => {
  if (type === 'decimal') return raw(decimalLiteral(token.value));
  if (type !== 'timestamp') return raw(`CAST(${duckDbText([token])} AS ${type === 'real' ? 'FLOAT' : type})`);
  const [, fraction = '', zone = ''] = /:\d{2}(?:\.(\d+))?(?:\s*([+-]\d|[A-Za-z]).*)?$/.exec(token.value) ?? [];
  if (fraction.length > 9 || (zone && fraction.length > 6))
    throw new NotCoveredError(`timestamps of ${fraction.length} digits`);
  const name = fraction.length > 6 ? 'TIMESTAMP_NS' : 'TIMESTAMP';
  const value = token.value.replace(/\s+(?=[+-]\d\d:)/, '');
  return raw(`${zone ? 'TIMESTAMPTZ' : name} ${quotedText(value)}`);
};

const decimalLiteral = (text: string): string => {
  const [, whole = '', fraction = ''] = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  const precision = whole.length + fraction.length;
  if (precision > 38) throw new NotCoveredError('more than 38 digits');
  return `CAST('${text}' AS DECIMAL(${Math.max(precision, 1)}, ${fraction.length}))`;
};

const calls = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token, index) =>
    token.kind === 'word' && isSymbol(tokens[index + 1], '(') ? called(token, tokens[index - 1]) : token,
  );

const called = (token: Token, before: Token | undefined): Token => {
  const name = token.value.toLowerCase();
  if (bracketed.has(name) || isWord(before, 'into', 'table', 'as') || isSymbol(before, '.')) return token;
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known === undefined) throw new NotCoveredError(`the function ${token.value.toUpperCase()}`);
  return raw(known);
};
