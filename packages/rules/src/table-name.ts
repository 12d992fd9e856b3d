import type { FileFormat, TableName } from '@aegis/spec';
import { isAbsolute, join, normalize } from 'pathe';

/** Why a text names no table. `message` continues a sentence: "must …". */
export interface InvalidTableName {
  readonly kind: 'invalid';
  readonly message: string;
}

const fileFormats: readonly (readonly [pattern: RegExp, format: FileFormat])[] = [
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(csv|tsv)(\.(gz|zst))?$/i, 'csv'],
  [/\.(json|ndjson|jsonl)(\.(gz|zst))?$/i, 'json'],
];

const formatOf = (path: string): FileFormat | undefined => fileFormats.find(([pattern]) => pattern.test(path))?.[1];

/** Parts of a name, each quoted as a whole or free of quotes. Sticky, so that nothing between parts is skipped. */
const partPattern = /(?:"((?:[^"]|"")+)"|([^".]+))(\.|$)/y;

/**
 * Reads a table as people write it. Dots outside double quotes separate parts (`"a.b".c` has two); a text with `/`, or
 * ending like a data file (`.parquet`, `.csv`, `.tsv`, `.json`, `.ndjson`, `.jsonl`, also `.gz`), is a file, relative
 * to `baseDirectory`. Glob patterns and URLs stay as they are. Never throws.
 */
export const parseTableName = (
  text: string,
  { baseDirectory }: { readonly baseDirectory?: string | undefined } = {},
): TableName | InvalidTableName => {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'invalid', message: 'must not be empty' };
  if (/[\0-\x1f\x7f]/.test(trimmed)) return { kind: 'invalid', message: 'must not contain control characters' };
  return isFile(trimmed) ? fileName(trimmed, baseDirectory) : namedTable(trimmed);
};

const isFile = (text: string): boolean => {
  const outsideQuotes = text.replaceAll(/"[^"]*"/g, '"');
  return /[/\\]/.test(outsideQuotes) || formatOf(outsideQuotes) !== undefined;
};

const fileName = (text: string, baseDirectory: string | undefined): TableName | InvalidTableName => {
  const format = formatOf(text);
  return format
    ? writtenAs(resolvePath(text, undefined), { kind: 'file', path: resolvePath(text, baseDirectory), format })
    : { kind: 'invalid', message: 'must end in .parquet, .csv, .tsv, .json, .ndjson or .jsonl to name a data file' };
};

const writtenAs = (written: string, table: TableName & { readonly kind: 'file' }): TableName =>
  table.path === written ? table : { ...table, written };

const resolvePath = (path: string, baseDirectory: string | undefined): string => {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return path;
  return baseDirectory === undefined || isAbsolute(path) ? normalize(path) : join(baseDirectory, path);
};

const namedTable = (text: string): TableName | InvalidTableName => {
  const parts: string[] = [];
  partPattern.lastIndex = 0;
  for (let end = false; !end; ) {
    const match = partPattern.exec(text);
    const part = match?.[1]?.replaceAll('""', '"') ?? match?.[2]?.trim();
    if (!match || !part) return { kind: 'invalid', message: invalidPart(text) };
    parts.push(part);
    end = match[3] === '';
  }
  return { kind: 'named', parts };
};

const invalidPart = (text: string): string => {
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) return 'must close its double quote';
  const collapsed = text.replaceAll(/"[^"]*"/g, '"');
  return /[^."]"|"[^."]/.test(collapsed)
    ? 'must have its double quotes around a whole part'
    : 'must have a name between its dots';
};

/** The table as people know it: data files as the rule wrote them, without the folders of this machine. */
export const displayTableName = (table: TableName): string =>
  table.kind === 'file' ? (table.written ?? table.path) : formatTableName(table);

/** The text that {@link parseTableName} reads back as the same table; parts are quoted only where needed. */
export const formatTableName = (table: TableName): string =>
  table.kind === 'file' ? table.path : formatParts(table.parts);

const formatParts = (parts: readonly string[]): string => {
  const plain = parts.map((part) => (/[."]|^\s|\s$/.test(part) ? quotePart(part) : part)).join('.');
  return isFile(plain) ? parts.map(quotePart).join('.') : plain;
};

const quotePart = (part: string): string => `"${part.replaceAll('"', '""')}"`;
