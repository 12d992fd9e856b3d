import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { packageOf, readModule } from '../architecture/imports.js';
import { isPublished, type Manifest, readWorkspace } from '../architecture/workspace.js';
import { runExpecting } from '../command.js';
import { root } from '../root.js';

/** A published package as the registry would get it. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute path of the `.tgz`. */
  readonly tarball: string;
  /** Subresource integrity of the tarball, `sha512-…`. */
  readonly integrity: string;
  /** Paths inside, without the leading `package/`. */
  readonly files: readonly string[];
  /** Names of the packages that code and declarations import, each with a file that does. */
  readonly imports: ReadonlyMap<string, string>;
  /** package.json as packed: ranges instead of `workspace:` and `catalog:`. */
  readonly manifest: Manifest;
}

interface PackOutput {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly integrity: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs every published package into `destination`, an absolute folder. The packages must have been built. */
export const packAll = async (destination: string): Promise<readonly PackedPackage[]> => {
  const packed: PackedPackage[] = [];
  for (const { folder } of readWorkspace(root).packages.filter(isPublished))
    packed.push(await packOne(folder, destination));
  return packed;
};

/** Packs the package of a folder below the root. It must have been built. */
export const packOne = async (folder: string, destination: string): Promise<PackedPackage> => {
  const args = ['pack', '--json', '--pack-destination', destination];
  const { stdout } = await runExpecting(0, 'pnpm', args, { cwd: join(root, folder) });
  const { name, version, filename, integrity, files } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as PackOutput;
  const { stdout: manifest } = await runExpecting(0, 'tar', ['-xzOf', filename, 'package/package.json'], {
    cwd: destination,
  });
  const paths = files.map(({ path }) => path);
  return {
    name,
    version,
    tarball: filename,
    integrity,
    files: paths,
    imports: importsOf(join(root, folder), paths),
    manifest: JSON.parse(manifest),
  };
};

const importsOf = (folder: string, files: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    files
      .filter((path) => /\.(js|d\.ts)$/.test(path))
      .flatMap((path) => {
        const { imports } = readModule(path, readFileSync(join(folder, path), 'utf8'));
        return imports
          .flatMap(({ specifier }) => packageOf(specifier) ?? [])
          .filter((name) => !isBuiltin(name))
          .map((name) => [name, path] as const);
      }),
  );
