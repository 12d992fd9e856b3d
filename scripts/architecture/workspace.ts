import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { parse } from 'yaml';

/** The parts of a package.json that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly version?: string;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: boolean;
  readonly engines?: { readonly node?: string };
  readonly files?: readonly string[];
  readonly bin?: { readonly [name: string]: string };
  readonly exports?: { readonly [subpath: string]: string | { readonly [condition: string]: string } };
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

export type Dependencies = { readonly [name: string]: string };

export interface WorkspacePackage {
  /** The name without `@aegis/`, e.g. `warehouse-duckdb`. */
  readonly shortName: string;
  readonly manifest: Manifest;
  /** Relative to the root, with forward slashes. */
  readonly folder: string;
  /** TypeScript below the folder, relative to it; build output and dependencies left out. */
  readonly files: readonly string[];
}

export interface Workspace {
  /** Absolute path. */
  readonly root: string;
  readonly rootManifest: Manifest;
  readonly packages: readonly WorkspacePackage[];
  /** Source file by import specifier, from the root's tsconfig; relative to the root. */
  readonly paths: ReadonlyMap<string, string>;
}

const scope = '@aegis/';
const notOurs = ['**/node_modules/**', '**/dist/**', '**/.vitepress/cache/**'];

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Paths matching `patterns` below `folder`, sorted, with forward slashes. */
const filesMatching = (folder: string, patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: folder, exclude: notOurs })
    .map((path) => path.split(sep).join('/'))
    .sort();

/** Reads every package of the pnpm workspace at `root`, an absolute path. */
export const readWorkspace = (root: string): Workspace => {
  const { packages: patterns } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) as {
    readonly packages: readonly string[];
  };
  const manifests = patterns.map((pattern) => `${pattern}/package.json`);
  return {
    root,
    rootManifest: readJson(join(root, 'package.json')),
    packages: filesMatching(root, manifests).map((path) => readPackage(root, dirname(path))),
    paths: readPaths(root),
  };
};

const readPackage = (root: string, folder: string): WorkspacePackage => {
  const manifest = readJson<Manifest>(join(root, folder, 'package.json'));
  return {
    shortName: manifest.name.startsWith(scope) ? manifest.name.slice(scope.length) : manifest.name,
    manifest,
    folder,
    files: filesMatching(join(root, folder), ['**/*.ts', '**/*.tsx']),
  };
};

const readPaths = (root: string): ReadonlyMap<string, string> => {
  const path = join(root, 'tsconfig.json');
  if (!existsSync(path)) return new Map();
  const { compilerOptions } = readJson<{ compilerOptions?: { paths?: { [name: string]: [string] } } }>(path);
  return new Map(
    Object.entries(compilerOptions?.paths ?? {}).map(([name, [file]]) => [name, file.replace(/^\.\//, '')]),
  );
};

export const isPublished = ({ manifest }: WorkspacePackage): boolean => manifest.private !== true;

/** Everything below `src` except tests and what only tests use. */
export const isShippedSource = (file: string): boolean => file.startsWith('src/') && !isTestFile(file);

export const isTestFile = (file: string): boolean => /\.test(-d)?\.tsx?$|(^|\/)(__[a-z-]+__|testing)\//.test(file);

/** Import specifiers of a package's entries, e.g. `@aegis/sql` and `@aegis/sql/parse`. */
export const entrySpecifiers = ({ manifest }: Pick<WorkspacePackage, 'manifest'>): readonly string[] =>
  Object.keys(manifest.exports ?? {})
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => `${manifest.name}${subpath.slice(1)}`);
