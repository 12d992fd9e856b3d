import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { repositoryLinks } from '../src/repository-links.js';
import { navigationOf } from '../src/sections.js';

/** The pages are where they are written: docs/, and the READMEs of packages and examples. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Pages become Vue components where they lie, outside this package: what they import is found from here. */
const importsFromHere = {
  name: 'imports-from-here',
  resolveId(
    this: { resolve(source: string, importer: string): Promise<{ id: string } | null> },
    source: string,
    importer?: string,
  ) {
    const isOfPage = importer?.startsWith(root) && /^vue(\/|$)/.test(source);
    return isOfPage ? this.resolve(source, fileURLToPath(import.meta.url)) : undefined;
  },
};

/** A link to a page that does not exist fails the build: VitePress's default, which stays. */
export default defineConfig({
  title: 'Aegis',
  description: 'The data-quality agent that data teams can trust.',
  srcDir: root,
  srcExclude: [
    'docs/decisions/template.md',
    '**/CHANGELOG.md',
    '**/src/**',
    '{.changeset,.github,api,apps,bench,e2e,integrations}/**',
  ],
  rewrites: { 'README.md': 'index.md' },
  markdown: { config: repositoryLinks(root) },
  cleanUrls: true,
  lastUpdated: false,
  themeConfig: {
    ...navigationOf(root),
    search: { provider: 'local' },
    outline: [2, 3],
  },
  vite: { plugins: [importsFromHere] },
});
