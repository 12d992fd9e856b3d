/** One piece of a statement, as a dialect's lexer cuts it. */
export interface Token {
  readonly kind: 'word' | 'identifier' | 'text' | 'bytes' | 'number' | 'symbol';
  /** What it means: an identifier or a text without its quotes, anything else as it is written. */
  readonly value: string;
  /** SQL of DuckDB to write instead of it. */
  readonly sql?: string;
}

/** Part of a statement of DuckDB, which no later step reads. */
export const raw = (sql: string): Token => ({ kind: 'symbol', value: '', sql });

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.value.toLowerCase());

export const isSymbol = (token: Token | undefined, symbol: string): boolean =>
  token?.kind === 'symbol' && token.value === symbol;

export const quotedIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Tokens as a statement of DuckDB: only quotes change. */
export const duckDbText = (tokens: readonly Token[]): string => tokens.map(written).join(' ');

const written = ({ kind, value, sql }: Token): string => {
  if (sql !== undefined) return sql;
  if (kind === 'identifier') return quotedIdentifier(value);
  if (kind === 'text') return quotedText(value);
  return kind === 'bytes' ? `from_hex('${value}')` : value;
};

/** The position of the bracket that closes the one at `open`; `undefined` when none does. */
export const closingOf = (tokens: readonly Token[], open: number): number | undefined => {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isSymbol(tokens[index], '(')) depth += 1;
    if (isSymbol(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
};
