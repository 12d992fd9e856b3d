import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { distance } from 'fastest-levenshtein';

/** The name of the file in the same folder that was most likely meant. */
export const nearestFile = async (path: string): Promise<string | undefined> => {
  const wanted = basename(path).toLowerCase();
  const names = await readdir(dirname(path)).catch((): string[] => []);
  return names
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((left, right) => left.edits - right.edits)[0]?.name;
};
