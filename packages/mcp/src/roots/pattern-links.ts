import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, parse, sep } from 'node:path';

/** What engines read as more than itself; at least that. */
const special = /[*?[\]{}\\]/;

/** Whether a path may stand for several. */
export const isPattern = (path: string): boolean => special.test(sep === '\\' ? path.replaceAll(sep, '/') : path);

/**
 * Links that an absolute pattern can lead through, each with what is left of the pattern behind it. What engines disagree
 * about is taken to match. None for a plain path.
 */
export const linksOf = async (pattern: string): Promise<readonly string[]> => {
  const { root } = parse(pattern);
  const segments = pattern.slice(root.length).split(sep);
  const first = segments.findIndex((segment) => special.test(segment));
  return first < 0 ? [] : linksBelow(join(root, ...segments.slice(0, first)), segments.slice(first));
};

const linksBelow = async (folder: string, segments: readonly string[]): Promise<readonly string[]> => {
  const [segment, ...behind] = segments;
  if (segment === undefined) return [];
  const isDeep = segment.includes('**');
  const left = isDeep ? segments : behind;
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  const matching = isDeep ? entries : entries.filter(({ name }) => canMatch(segment, name));
  const links = matching.filter((entry) => entry.isSymbolicLink()).map(({ name }) => join(folder, name, ...left));
  const inner = matching.filter((entry) => entry.isDirectory());
  const below = await Promise.all(inner.map(({ name }) => linksBelow(join(folder, name), left)));
  return [...links, ...below.flat()];
};

/** By the beginning and the end that are written out. */
const canMatch = (segment: string, name: string): boolean => {
  const [beginning = '', ...others] = segment.toLowerCase().split(special);
  const end = others.at(-1);
  const lower = name.toLowerCase();
  return end === undefined ? lower === beginning : lower.startsWith(beginning) && lower.endsWith(end);
};
