/** Splits `a."b.c".d` at dots outside double quotes; backticks and brackets go, and dots within backticks split too. */
export const splitParts = (text: string): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  for (const token of text.trim().matchAll(tokens)) {
    if (token[0] === '.') {
      parts.push(part);
      part = '';
    } else part += unquoted(token);
  }
  return [...parts, part].filter((each) => each !== '');
};

const tokens = /"((?:[^"]|"")*)"|\[([^\]]*)\]|\.|[^."`[]+|./gs;

const unquoted = ([whole, quoted, bracketed]: RegExpMatchArray): string =>
  quoted?.replaceAll('""', '"') ?? bracketed ?? (whole === '`' ? '' : (whole?.trim() ?? ''));

/** The text that {@link splitParts} reads back; parts are quoted only where needed. */
export const joinParts = (parts: readonly string[]): string => parts.map(quotedPart).join('.');

/** What tells lists of parts apart; no name holds what separates them. */
export const partsKey = (parts: readonly string[]): string => parts.join('\u0000');

const quotedPart = (part: string): string =>
  /[."`[\]]|^\s|\s$|^$/.test(part) ? `"${part.replaceAll('"', '""')}"` : part;

const dataFile = /\.(?:parquet|pq|csv|tsv|json|ndjson|jsonl|avro|orc|xlsx)(?:\.(?:gz|zst|bz2))?$/i;

/** Whether a name is a file as rules write one: it holds a `/`, or ends as data files do. */
export const isFileName = (text: string): boolean =>
  !text.startsWith('"') && (text.includes('/') || dataFile.test(text));
