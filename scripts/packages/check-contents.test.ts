import { expect, it } from 'vitest';
import { checkContents } from './check-contents.js';
import type { PackedPackage } from './pack.js';

const packed = (files: readonly string[], manifest: Partial<PackedPackage['manifest']> = {}): PackedPackage => ({
  name: '@aegis/sql',
  version: '0.1.0',
  tarball: 'aegis-sql.tgz',
  integrity: 'sha512-',
  files,
  imports: new Map(),
  manifest: {
    name: '@aegis/sql',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    ...manifest,
  },
});

const complete = ['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/index.js', 'package.json'];

it('accepts a tarball with licence, README and every entry', () => {
  expect(checkContents(packed(complete))).toEqual([]);
});

it('names entries, bins, licence and README that are missing', () => {
  expect(checkContents(packed(['package.json'], { bin: { aegis: './dist/bin.js' } }))).toEqual([
    'the tarball has no LICENSE',
    'the tarball has no README.md',
    'the tarball has no dist/index.d.ts',
    'the tarball has no dist/index.js',
    'the tarball has no dist/bin.js',
  ]);
});

it('refuses sources and tests', () => {
  expect(checkContents(packed([...complete, 'src/index.ts', 'dist/a.test.js']))).toEqual([
    'the tarball should not hold src/index.ts',
    'the tarball should not hold dist/a.test.js',
  ]);
});

it('refuses ranges that only the workspace understands', () => {
  expect(checkContents(packed(complete, { dependencies: { '@aegis/spec': 'workspace:^', zod: '^4.0.0' } }))).toEqual([
    '@aegis/spec is asked for as workspace:^',
  ]);
});

it('refuses imports of what is not installed with the package', () => {
  const imports = new Map([
    ['zod', 'dist/index.js'],
    ['sarif', 'dist/index.d.ts'],
    ['@aegis/sql', 'dist/parse.js'],
  ]);
  expect(checkContents({ ...packed(complete, { dependencies: { zod: '^4.0.0' } }), imports })).toEqual([
    'dist/index.d.ts imports sarif, which is not installed with the package',
  ]);
});
