import { expect, it } from 'vitest';
import { root } from '../root.js';
import { compileFences } from './compile-fences.js';
import type { MarkdownDocument } from './documents.js';

const documentWith = (...lines: readonly string[]): MarkdownDocument => ({
  path: 'made-up.md',
  folder: root,
  text: lines.join('\n'),
});

it('accepts an example that fits the sources', () => {
  const document = documentWith('```ts run', "import { formatLocation } from '@aegis/spec';", 'formatLocation;', '```');
  expect(compileFences([document])).toEqual([]);
});

it('says where an example does not fit the sources', () => {
  const document = documentWith('# Title', '```ts check', "import { noSuchName } from '@aegis/spec';", '```');
  expect(compileFences([document])).toEqual([
    { path: 'made-up.md', line: 3, message: expect.stringContaining("no exported member 'noSuchName'") },
  ]);
});

it('leaves fences alone that only illustrate', () => {
  expect(compileFences([documentWith('```ts', 'const a: number = "text";', '```')])).toEqual([]);
});
