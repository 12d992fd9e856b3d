import { globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { root } from '../root.js';

export interface MarkdownDocument {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Absolute folder; what an example imports is resolved from here. */
  readonly folder: string;
}

const places = ['*.md', '{packages,examples,integrations}/**/*.md', 'docs/**/*.md'];
const notOurs = ['**/node_modules/**', '**/dist/**', '**/__fixtures__/**', '**/CHANGELOG.md'];

/** Every hand-written Markdown document of the repository, sorted by path. */
export const documents = (): readonly MarkdownDocument[] =>
  globSync(places, { cwd: root, exclude: notOurs })
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8'), folder: dirname(join(root, path)) }));
