import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readWorkspace } from './architecture/workspace.js';
import { bundlesOf, type Changeset, missingReleases } from './changesets/missing-releases.js';
import { root } from './root.js';

const readChangeset = (file: string): Changeset => {
  const [, frontMatter = ''] = readFileSync(join(root, file), 'utf8').match(/^---\n([\s\S]*?)\n?---/) ?? [];
  return { file, packages: Object.keys((parse(frontMatter) as object | null) ?? {}) };
};

const changesets = globSync('.changeset/*.md', { cwd: root }).sort().map(readChangeset);
const missing = missingReleases(changesets, bundlesOf(readWorkspace(root).packages.map(({ shortName }) => shortName)));
for (const message of missing) console.error(message);
console.log(`${changesets.length} changesets, ${missing.length} releases missing`);
process.exitCode = missing.length > 0 ? 1 : 0;
