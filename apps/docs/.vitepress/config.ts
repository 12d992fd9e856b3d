import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { navigationOf } from '../src/sections.js';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));

/** Pages become Vue components where they lie, outside this package: what they import is found from here. */
const importsFromHere = {
  name: 'imports-from-here',
  resolveId(
    this: { resolve(source: string, importer: string): Promise<{ id: string } | null> },
    source: string,
    importer?: string,
  ) {
    const isOfPage = importer?.startsWith(docs) && /^vue(\/|$)/.test(source);
    return isOfPage ? this.resolve(source, fileURLToPath(import.meta.url)) : undefined;
  },
};

/** A link to a page that does not exist fails the build: VitePress's default, which stays. */
export default defineConfig({
  title: 'Aegis',
  description: 'The data-quality agent that data teams can trust.',
  srcDir: docs,
  srcExclude: ['decisions/template.md'],
  cleanUrls: true,
  lastUpdated: false,
  themeConfig: {
    ...navigationOf(docs),
    search: { provider: 'local' },
    outline: [2, 3],
  },
  vite: { plugins: [importsFromHere] },
});
