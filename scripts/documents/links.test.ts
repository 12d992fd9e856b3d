import { expect, it } from 'vitest';
import { root } from '../root.js';
import { documents } from './documents.js';
import { brokenLinks } from './links.js';

const brokenIn = (text: string) => brokenLinks({ path: 'made-up.md', folder: root, text });

it('finds relative links that lead nowhere', () => {
  expect(brokenIn('[a](docs/index.md) [b](docs/gone.md) [c](gone.md#part)')).toEqual(['docs/gone.md', 'gone.md']);
});

it('leaves other sites, anchors and code alone', () => {
  expect(brokenIn('[a](https://example.org/x) [b](#part)\n\n```md\n[c](gone.md)\n```\n')).toEqual([]);
});

it.each(documents().map((document) => ({ path: document.path, document })))('holds in $path', ({ document }) => {
  expect(brokenLinks(document)).toEqual([]);
});
