import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';

/** A business document, as text. */
export interface BusinessDocument {
  /** As the command line names it. */
  readonly name: string;
  readonly text: string;
}

/** A book has about one megabyte. */
const mostBytes = 2_000_000;

/** @throws ConfigError `not-found` or `invalid`: what cannot be read as text is said before anything is asked */
export const readDocuments = async (paths: readonly string[], cwd: string): Promise<readonly BusinessDocument[]> => {
  const documents: BusinessDocument[] = [];
  for (const name of new Set(paths)) documents.push({ name, text: await readText(name, resolve(cwd, name)) });
  return documents;
};

const readText = async (name: string, path: string): Promise<string> => {
  await checkSize(name, path);
  const text = decoded(name, await readFile(path).catch((cause) => Promise.reject(unreadable(name, cause))));
  if (text.trim() !== '') return text;
  throw new ConfigError('invalid', `the document ${name} is empty`, { hint: 'Leave it out, or name another one.' });
};

const checkSize = async (name: string, path: string): Promise<void> => {
  const found = await stat(path).catch((cause) => Promise.reject(unreadable(name, cause)));
  if (found.isDirectory())
    throw new ConfigError('invalid', `the document ${name} is a folder`, { hint: 'Name its files, each with --kb.' });
  if (found.size <= mostBytes) return;
  const megabytes = (found.size / 1_000_000).toFixed(1);
  throw new ConfigError('invalid', `the document ${name} has ${megabytes} MB, and at most 2 MB are read`, {
    hint: 'Give the parts of it that are about the table.',
  });
};

const decoded = (name: string, bytes: Uint8Array): string => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return text;
  } catch {
    // Not UTF-8: said below, as for text with characters that no text has.
  }
  throw new ConfigError('invalid', `the document ${name} is no text in UTF-8`, {
    hint: 'Convert it first, e.g. a PDF with pdftotext.',
  });
};

const unreadable = (name: string, cause: unknown): ConfigError => {
  const isAbsent = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
  return new ConfigError('not-found', `the document ${name} ${isAbsent ? 'does not exist' : 'cannot be read'}`, {
    cause,
  });
};
