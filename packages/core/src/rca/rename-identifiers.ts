import type { Dialect } from '@aegis/spec';

const comment = String.raw`--[^\n]*|\/\*[\s\S]*?\*\/`;
const dollarQuoted = String.raw`\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$`;
const escaped = (quote: string): string => String.raw`${quote}(?:[^${quote}\\]|\\[\s\S]|${quote}${quote})*${quote}`;
const doubled = (quote: string): string => `${quote}(?:[^${quote}]|${quote}${quote})*${quote}`;

/** Words that are neither called nor qualified, nor a type: of a cast, of a constant such as `DATE '…'`, a part of a time. */
const word =
  String.raw`(?<![\p{L}\p{N}_.$])(?<!::\s*)(?<!\bas\s+)(?<!\bextract\s*\(\s*)` +
  String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)(?![\p{L}\p{N}_$.]|\s*[('])`;

const tokensOf = (text: readonly string[], quoted: string): RegExp =>
  new RegExp(`(?<text>${[comment, ...text].join('|')})|(?<quoted>${quoted})|${word}`, 'giu');

/** Where names stand in backticks, `"…"` is text, and a backslash escapes in it. */
const backticked = tokensOf([escaped("'"), escaped('"')], doubled('`'));
const standard = tokensOf([dollarQuoted, `(?<=\\be)${escaped("'")}`, doubled("'")], `${doubled('"')}|${doubled('`')}`);

/**
 * SQL with its column names replaced where `rename` knows another; texts, comments and types stay. What it gives is read by the
 * guard before it runs, so that a name that was overlooked is an error there, never another meaning.
 */
export const renameIdentifiers = (
  sql: string,
  rename: (name: string) => string | undefined,
  dialect: Pick<Dialect, 'quoteIdentifier'>,
): string =>
  sql.replaceAll(dialect.quoteIdentifier('a').startsWith('`') ? backticked : standard, (whole, ...found) => {
    const { quoted, word: plain } = found.at(-1) as { readonly quoted?: string; readonly word?: string };
    const name = quoted === undefined ? plain : unquoted(quoted);
    const renamed = name === undefined ? undefined : rename(name);
    return renamed === undefined || renamed === name ? whole : dialect.quoteIdentifier(renamed);
  });

const unquoted = (text: string): string => {
  const quote = text.slice(0, 1);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
};
