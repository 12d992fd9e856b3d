import type { Dialect } from '@aegis/spec';

/** Strings, quoted names, and words that are neither called nor qualified. */
const tokens =
  /('(?:[^']|'')*')|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|(?<![\w.$])([\p{L}_][\p{L}\p{N}_$]*)(?!\s*\(|[\w$]|\.)/gu;

/**
 * SQL with its column names replaced where `rename` knows another; text in quotes stays. What it gives is read by the guard
 * before it runs, so that a name that was overlooked is an error there, never another meaning.
 */
export const renameIdentifiers = (
  sql: string,
  rename: (name: string) => string | undefined,
  dialect: Pick<Dialect, 'quoteIdentifier'>,
): string =>
  sql.replaceAll(tokens, (whole, text?: string, doubled?: string, ticked?: string, word?: string) => {
    if (text !== undefined) return whole;
    const name = doubled?.replaceAll('""', '"') ?? ticked?.replaceAll('``', '`') ?? word ?? '';
    const renamed = rename(name);
    return renamed === undefined || renamed === name ? whole : dialect.quoteIdentifier(renamed);
  });
