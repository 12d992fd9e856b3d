import type { Lexicon } from './lexicon.js';
import type { Refuse } from './refusal.js';
import { scan, type Token } from './scan.js';

/** Puts values in place of what stands for them in a text. */
export type RestoreValues = (text: string, encode: (value: string) => string) => string;

/**
 * The SQL with values back inside its string literals, where each is escaped as the literal wants it. Outside of literals
 * nothing is put back: there a value would be SQL.
 * @throws GuardError where a value would not stay inside its literal
 */
export const restoreValues = (sql: string, lexicon: Lexicon, restore: RestoreValues, refuse: Refuse): string => {
  const before = scan(sql, lexicon, refuse);
  const restored = before.reduceRight(
    (text, token) => spliced(text, token, restoredToken(token, lexicon, restore)),
    sql,
  );
  if (restored === sql) return sql;
  const after = scan(restored, lexicon, refuse);
  if (before.length === after.length && before.every(({ kind }, index) => kind === after[index]?.kind)) return restored;
  throw refuse(
    'forbidden',
    'A value does not fit into a literal of the SQL.',
    'Write the condition without this value.',
  );
};

const spliced = (text: string, { start, end }: Token, replacement: string): string =>
  text.slice(0, start) + replacement + text.slice(end);

const restoredToken = ({ kind, text }: Token, { escapesWithBackslash }: Lexicon, restore: RestoreValues): string => {
  if (kind !== 'string' || !text.startsWith("'") || text.startsWith("'''")) return text;
  const encode = (value: string): string =>
    escapesWithBackslash
      ? value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')
      : value.replaceAll("'", "''");
  return `'${restore(text.slice(1, -1), encode)}'`;
};
