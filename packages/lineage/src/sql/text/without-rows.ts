import { pieces } from './scan.js';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The SQL without rows that are written out in it: lists after VALUES, and with `constants` every constant, as a statement has
 * them that reads no table. For readers who may see how data is made, and no data.
 */
export const withoutRows = (
  sql: string,
  parserName: string,
  { constants = false }: { readonly constants?: boolean } = {},
): string => {
  const code = codeOf(sql, parserName);
  const lists = valueLists(code);
  const others = constants ? constantsOf(sql, code, parserName).filter((span) => !isWithin(span, lists)) : [];
  return [...lists, ...others]
    .sort((left, right) => right.start - left.start)
    .reduce((text, { start, end, text: instead }) => `${text.slice(0, start)}${instead}${text.slice(end)}`, sql);
};

/** The text with spaces in place of quoted text and comments. */
const codeOf = (sql: string, parserName: string): string =>
  [...pieces(sql, parserName)]
    .map(({ start, end, isCode }) => (isCode ? sql.slice(start, end) : ' '.repeat(end - start)))
    .join('');

const valueLists = (code: string): readonly Span[] =>
  [...code.matchAll(/\bvalues\s*(?=\()/gi)].map((match) => {
    const start = match.index + match[0].length;
    const { end, rows } = listFrom(code, start);
    return { start, end, text: `(/* ${rows === 1 ? '1 row' : `${rows} rows`} left out */)` };
  });

/** Lists in brackets that follow each other with commas between. */
const listFrom = (code: string, start: number): { readonly end: number; readonly rows: number } => {
  let end = endOfBrackets(code, start);
  let rows = 1;
  for (let next = /^\s*,\s*(?=\()/.exec(code.slice(end)); next; next = /^\s*,\s*(?=\()/.exec(code.slice(end))) {
    end = endOfBrackets(code, end + next[0].length);
    rows += 1;
  }
  return { end, rows };
};

const endOfBrackets = (code: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')' && --depth === 0) return at + 1;
  }
  return code.length;
};

const doubleQuotesStrings: ReadonlySet<string> = new Set(['bigquery', 'databricks', 'spark', 'hive', 'mysql']);

const constantsOf = (sql: string, code: string, parserName: string): readonly Span[] => {
  const numbers = [...code.matchAll(/(?<![\w.])\d[\w.]*/g)].map((match) => ({
    ...{ start: match.index, end: match.index + match[0].length, text: '?' },
  }));
  const texts = [...pieces(sql, parserName)].filter(({ start, isCode, isComment }) => {
    if (isCode) return false;
    return isComment || sql[start] === "'" || sql[start] === '$' || isDoubleQuoted(sql, start, parserName);
  });
  return [...numbers, ...texts.map(({ start, end, isComment }) => ({ start, end, text: isComment ? ' ' : '?' }))];
};

const isDoubleQuoted = (sql: string, start: number, parserName: string): boolean =>
  sql[start] === '"' && doubleQuotesStrings.has(parserName);

const isWithin = ({ start }: Span, spans: readonly Span[]): boolean =>
  spans.some((span) => span.start <= start && start < span.end);
