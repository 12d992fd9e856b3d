import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ConfigError } from '@aegis/spec';

/** Relative within the working directory. */
export const shownPath = (file: string, cwd: string): string => {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') ? file : path;
};

export interface NamedFile {
  /** What to do where there is no such file. */
  readonly missingHint: string;
  /** What to do where it is a folder. */
  readonly folderHint: string;
  readonly largestMegabytes: number;
}

/**
 * The text of a file that the command line names.
 * @throws ConfigError `not-found` or `invalid`
 */
export const readNamedFile = async (file: string, cwd: string, named: NamedFile): Promise<string> => {
  const shown = shownPath(file, cwd);
  const known = await stat(file).catch((cause) => {
    throw new ConfigError('not-found', `${shown} does not exist`, { hint: named.missingHint, cause });
  });
  if (known.isDirectory()) throw new ConfigError('invalid', `${shown} is a folder`, { hint: named.folderHint });
  const largest = named.largestMegabytes * 1024 * 1024;
  if (known.size > largest) throw tooLarge(shown, named);
  // Pipes and devices tell no size before they were read.
  const bytes = await buffer(createReadStream(file, { end: largest })).catch((cause) => {
    throw new ConfigError('not-found', `${shown} cannot be read`, { cause });
  });
  if (bytes.length > largest) throw tooLarge(shown, named);
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new ConfigError('invalid', `${shown} is no text in UTF-8`, { hint: 'Save the file as UTF-8.' });
};

const tooLarge = (shown: string, { largestMegabytes }: NamedFile): ConfigError =>
  new ConfigError('invalid', `${shown} is larger than ${largestMegabytes} MB`);
