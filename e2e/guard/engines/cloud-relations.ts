import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import { lowerAscii } from './lower-ascii.js';

/** Strings, quoted names and comments as the documents of each engine describe them, in a lexer that the guard does not share. */
const skipped: Partial<Readonly<Record<DialectName, RegExp>>> = {
  bigquery:
    /[rRbB]{0,2}'''[\s\S]*?(?<!\\)'''|[rRbB]{0,2}"""[\s\S]*?(?<!\\)"""|[rRbB]{0,2}'(?:[^'\\]|\\.)*'|[rRbB]{0,2}"(?:[^"\\]|\\.)*"|`[^`]*`|(?:--|#).*|\/\*[\s\S]*?\*\//g,
  databricks: /[rR]'[^']*'|[rR]"[^"]*"|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|--.*|\/\*[\s\S]*?\*\//g,
  athena: /(?:[uU]&)?'(?:[^']|'')*'|"[^"]*"|--.*|\/\*[\s\S]*?\*\//g,
};

/** What generated attacks read; an alias is never called so. */
const outOfReach = new Set(
  'secret token ledger vault keys information_schema system pg_catalog sys jmx tpch delta parquet text csv'.split(' '),
);

const part = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*';
const read = new RegExp(`(?<!\\bdistinct\\s+)\\b(?:from|join|table|only)\\s+(${part}(?:\\s*\\.\\s*${part})*)`, 'giu');
const defined = new RegExp(`(?:\\bwith|\\brecursive|,)\\s+(${part})\\s*(?:\\([^()]*\\))?\\s*as\\s*\\(`, 'giu');

/** Up to the FROM of a function that takes one, as in `trim(both 'x' from a.b)`; the FROM of a sub-query is none. */
const upToOperand = /\b(?:extract|trim|substring|overlay)\s*\((?:(?!\bselect\b)[^()]|\([^()]*\))*?\bfrom\b/giu;

/** The names that a text for a cloud engine reads out of scope, and defines nowhere; found without the guard's parser. */
export const strangersInText = (sql: string, dialect: DialectName): readonly string[] => {
  const pattern = skipped[dialect];
  const nameQuote = dialect === 'athena' ? '"' : '`';
  const code = lowerAscii(
    pattern
      ? sql.replaceAll(pattern, (found) => shownFor(found, nameQuote, dialect === 'bigquery' ? '.' : quotedDot))
      : '',
  );
  const definitions = new Set([...code.matchAll(defined)].map(([, name]) => name));
  const withoutOperands = code.replaceAll(upToOperand, (found) => `${found.slice(0, -'from'.length)},`);
  return [...withoutOperands.matchAll(read)]
    .map(([, name = '']) => name.replaceAll(/\s/g, ''))
    .filter((name) => !definitions.has(name) && name.split(/[.ǀ]/).some((each) => outOfReach.has(each)));
};

/** A letter that stands for a dot within quotes: but on BigQuery, such a name is one word, and no path. */
const quotedDot = 'ǀ';

/** Names of words lose their quotes, others become a word of no meaning; a string and a comment become an empty string. */
const shownFor = (found: string, nameQuote: string, dot: string): string => {
  if (!found.startsWith(nameQuote)) return "''";
  const name = found.slice(1, -1);
  return /^[\p{L}_.][\p{L}\p{N}_.]*$/u.test(name) ? name.replaceAll('.', dot) : 'a_name';
};
