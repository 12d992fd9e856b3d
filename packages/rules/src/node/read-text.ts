import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { type Problem, problemOf } from '../load/problem.js';
import { maxSourceLength } from '../load/read-yaml.js';
import { unreadable } from './expand-paths.js';

/** The text of a file, or why it has none. `shown` is the path as messages name it. */
export type TextReading = { readonly text: string } | { readonly problem: Problem };

/** Reads a file as UTF-8, strictly: bytes that are none are a problem with their place, and never replaced. */
export const readText = async (file: string, shown: string): Promise<TextReading> => {
  try {
    if ((await stat(file)).size > maxSourceLength) return { problem: tooLarge(shown) };
    return decode(await readFile(file), shown);
  } catch (error) {
    throw unreadable(shown, error);
  }
};

const tooLarge = (shown: string): Problem =>
  problemOf('unsupported', 'the file is larger than 10 MB', {
    file: shown,
    location: { file: shown, line: 1, column: 1 },
    hint: 'Split the rules over several files.',
  });

const decode = (bytes: Buffer, shown: string): TextReading =>
  isUtf8(bytes) ? { text: bytes.toString('utf8') } : { problem: notUtf8(bytes, shown) };

const notUtf8 = (bytes: Buffer, shown: string): Problem => {
  const offset = firstInvalid(bytes);
  const before = bytes.toString('utf8', 0, offset).split('\n');
  const isUtf16 = [0xfeff, 0xfffe].includes(bytes.length < 2 ? 0 : bytes.readUInt16BE(0));
  return problemOf('syntax', isUtf16 ? 'the file is UTF-16' : `the file is not UTF-8 (byte ${offset})`, {
    file: shown,
    location: { file: shown, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    hint: 'Save the file as UTF-8.',
  });
};

/** The first byte of the first character that is none, by halving: prefixes of UTF-8 stay valid. */
const firstInvalid = (bytes: Buffer): number => {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (startsUtf8(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  while (!isUtf8(bytes.subarray(0, valid))) valid -= 1;
  return valid;
};

/** Whether some UTF-8 text starts so; a character that is cut off at the end may still be completed. */
const startsUtf8 = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};
