import type { PackedPackage } from './pack.js';

/** What is wrong with what a tarball holds: files that are missing, and ranges that only this workspace understands. */
export const checkContents = ({ files, manifest }: PackedPackage): readonly string[] => [
  ...['LICENSE', 'README.md', ...targetsOf(manifest)]
    .filter((path) => !files.includes(path))
    .map((path) => `the tarball has no ${path}`),
  ...files.filter((path) => /(^|\/)src\/|\.test\./.test(path)).map((path) => `the tarball should not hold ${path}`),
  ...Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies })
    .filter(([, range]) => /^(workspace|catalog|file|link):/.test(range))
    .map(([name, range]) => `${name} is asked for as ${range}`),
];

const targetsOf = ({ exports, bin }: PackedPackage['manifest']): readonly string[] =>
  [
    ...Object.values(exports ?? {}).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    ),
    ...Object.values(bin ?? {}),
  ].map((path) => path.replace(/^\.\//, ''));
