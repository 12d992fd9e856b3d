import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { longestFiles, longestFirst } from './longest-first.js';
import { root } from './root.js';

const [longest = '', second = ''] = longestFiles;

it('starts the longest files first, and leaves the others in their order', () => {
  const files = ['b.test.ts', second, 'a.test.ts', longest].map((file) => join(root, file));
  expect(longestFirst(files, (file) => file)).toEqual(
    [longest, second, 'b.test.ts', 'a.test.ts'].map((file) => join(root, file)),
  );
});

it('names only files that exist, each once', () => {
  expect(longestFiles.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(new Set(longestFiles).size).toBe(longestFiles.length);
});
