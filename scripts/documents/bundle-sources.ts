import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from '../root.js';

/** What becomes a file `<name>.mjs`: a source file, or TypeScript that is in none. */
export type Entry = { readonly name: string } & ({ readonly path: string } | Text);

interface Text {
  readonly text: string;
  /** Absolute; what the text imports is resolved from here. */
  readonly folder: string;
  /** What messages call it. */
  readonly title: string;
}

/**
 * Bundles entries with the sources of the workspace, in which nothing has to be built. Other packages stay where they are
 * installed. One call for all: each reads the sources anew. @throws Error that names the entry which does not resolve
 */
export const bundleSources = async (entries: readonly Entry[], folder: string): Promise<void> => {
  await build({
    entryPoints: entries.map((entry) => ({ in: 'path' in entry ? entry.path : `text:${entry.name}`, out: entry.name })),
    absWorkingDir: root,
    tsconfig: join(root, 'tsconfig.json'),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'silent',
    plugins: [textsOf(entries), installedPackages],
  });
};

const textsOf = (entries: readonly Entry[]): Plugin => ({
  name: 'texts',
  setup: ({ onResolve, onLoad }) => {
    const texts = new Map<string, Text>();
    for (const entry of entries) if ('text' in entry) texts.set(`text:${entry.name}`, entry);
    onResolve({ filter: /^text:/ }, ({ path }) => {
      const pluginData = texts.get(path);
      return pluginData && { path: pluginData.title, namespace: 'text', pluginData };
    });
    onLoad({ filter: /./, namespace: 'text' }, ({ pluginData: { text, folder } }: { readonly pluginData: Text }) => ({
      ...{ contents: text, resolveDir: folder, loader: 'ts' },
    }));
  },
});

/** By their paths: the bundle lies where Node would not find them by name. */
const installedPackages: Plugin = {
  name: 'installed-packages',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^[a-z@]/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (path.startsWith('@aegis/') || path.startsWith('text:') || pluginData === resolving) return undefined;
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: resolving });
      return { path: found.errors.length > 0 ? path : found.path, external: true };
    });
  },
};

const resolving = Symbol('resolving');
