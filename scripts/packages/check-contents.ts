import type { Dependencies } from '../architecture/workspace.js';
import type { PackedPackage } from './pack.js';

/**
 * What is wrong with what a tarball holds: files that are missing, ranges that only this workspace understands, and
 * imports of packages that are not installed with it.
 */
export const checkContents = ({ name, files, imports, manifest }: PackedPackage): readonly string[] => [
  ...['LICENSE', 'README.md', ...targetsOf(manifest)]
    .filter((path) => !files.includes(path))
    .map((path) => `the tarball has no ${path}`),
  ...files.filter((path) => /(^|\/)src\/|\.test\./.test(path)).map((path) => `the tarball should not hold ${path}`),
  ...[...imports]
    .filter(([imported]) => imported !== name && !(imported in installedWith(manifest)))
    .map(([imported, path]) => `${path} imports ${imported}, which is not installed with the package`),
  ...Object.entries(installedWith(manifest))
    .filter(([, range]) => /^(workspace|catalog|file|link):/.test(range))
    .map(([dependency, range]) => `${dependency} is asked for as ${range}`),
];

const installedWith = (manifest: PackedPackage['manifest']): Dependencies => ({
  ...manifest.dependencies,
  ...manifest.peerDependencies,
  ...manifest.optionalDependencies,
});

const targetsOf = ({ exports, bin }: PackedPackage['manifest']): readonly string[] =>
  [
    ...Object.values(exports ?? {}).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    ),
    ...Object.values(bin ?? {}),
  ].map((path) => path.replace(/^\.\//, ''));
