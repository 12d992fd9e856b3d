import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

/** What importing an entry loads. */
export interface Reach {
  /** Package names, folders of this workspace and `node:` builtins, each with the files that lead to it, entry first. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
  /** Bytes that the entry loads at once, minified: neither what stays outside nor what `import()` loads later. */
  readonly bytes: number;
}

export interface ReachOptions {
  readonly root: string;
  /** Follow into third-party packages as a browser build would; else they stay outside and are only named. */
  readonly throughPackages: boolean;
  /** Whether what `import()` loads counts. */
  readonly throughLazyImports: boolean;
}

/** Bundles `entry` (relative to the root) from the sources, in memory. Throws what esbuild throws when it does not resolve. */
export const reachOf = async (entry: string, options: ReachOptions): Promise<Reach> => {
  const { root, throughPackages } = options;
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    splitting: true,
    outdir: 'out',
    format: 'esm',
    logLevel: 'silent',
    platform: throughPackages ? 'browser' : 'node',
    plugins: [throughPackages ? builtinsOutside : packagesOutside],
  });
  return { modules: modulesIn(metafile, entry, options), bytes: bytesLoaded(metafile, entry) };
};

const bytesLoaded = ({ outputs }: Metafile, entry: string): number => {
  const loaded = new Set(Object.keys(outputs).filter((chunk) => outputs[chunk]?.entryPoint === entry));
  for (const chunk of loaded) {
    const next = outputs[chunk]?.imports.filter(({ kind, external }) => kind === 'import-statement' && !external) ?? [];
    for (const { path } of next) loaded.add(path);
  }
  return [...loaded].reduce((sum, chunk) => sum + (outputs[chunk]?.bytes ?? 0), 0);
};

/** A browser build has no builtins; they are named instead of failing, so that the message can show the way to them. */
const builtinsOutside: Plugin = {
  name: 'builtins-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind }) =>
      kind !== 'entry-point' && isBuiltin(path)
        ? { path: `node:${path.replace(/^node:/, '')}`, external: true }
        : undefined,
    );
  },
};

const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@aegis/') ? undefined : { path, external: true },
    );
  },
};

const modulesIn = (
  { inputs }: Metafile,
  entry: string,
  { throughLazyImports }: ReachOptions,
): ReadonlyMap<string, readonly string[]> => {
  const modules = new Map<string, readonly string[]>();
  const seen = new Set([entry]);
  const queue: (readonly string[])[] = [[entry]];
  for (let way = queue.shift(); way; way = queue.shift()) {
    for (const { path, kind, external } of inputs[way.at(-1) ?? '']?.imports ?? []) {
      if (kind === 'dynamic-import' && !throughLazyImports) continue;
      const name = external ? externalName(path) : packageInside(path);
      if (name && !modules.has(name)) modules.set(name, way);
      if (external || seen.has(path)) continue;
      seen.add(path);
      queue.push([...way, path]);
    }
  }
  return modules;
};

const externalName = (path: string) =>
  isBuiltin(path) ? `node:${path.replace(/^node:/, '')}` : path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/** `node_modules/.pnpm/zod@4/node_modules/zod/index.js` → `zod`; `packages/sql/src/index.ts` → `packages/sql`. */
const packageInside = (path: string) =>
  path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? path.match(/^(.+)\/src\//)?.[1];
