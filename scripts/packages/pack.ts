import { join } from 'node:path';
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

const packOne = async (folder: string, destination: string): Promise<PackedPackage> => {
  const args = ['pack', '--json', '--pack-destination', destination];
  const { stdout } = await runExpecting(0, 'pnpm', args, { cwd: join(root, folder) });
  const { name, version, filename, integrity, files } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as PackOutput;
  const { stdout: manifest } = await runExpecting(0, 'tar', ['-xzOf', filename, 'package/package.json'], {
    cwd: destination,
  });
  return {
    name,
    version,
    tarball: filename,
    integrity,
    files: files.map(({ path }) => path),
    manifest: JSON.parse(manifest),
  };
};
