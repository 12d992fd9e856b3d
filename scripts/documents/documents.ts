import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, without a slash at the end. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

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

/** A path as a message shows it. */
export const fromRoot = (path: string): string => relative(root, path).split(sep).join('/');
