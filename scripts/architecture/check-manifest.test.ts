import { describe, expect, it } from 'vitest';
import { manifest, workspaceWith } from './__fixtures__/workspaces.js';
import { checkManifests } from './check-manifest.js';

describe('checkManifests', () => {
  it('finds nothing in a faultless workspace', () => {
    expect(checkManifests(workspaceWith())).toEqual([]);
  });

  const faultsOf = (changes: { readonly [key: string]: unknown }, name = 'sql') =>
    checkManifests(workspaceWith({ [`packages/${name}/package.json`]: manifest(`@aegis/${name}`, changes) })).map(
      ({ message }) => message,
    );

  it.each([
    [{ type: 'commonjs' }, 'type must be "module"'],
    [{ sideEffects: true }, 'sideEffects must be false'],
    [{ license: 'MIT' }, 'license must be Apache-2.0'],
    [{ engines: { node: '>=18' } }, 'engines.node must be >=22, as at the root'],
    [{ files: ['dist'] }, 'files must list dist, README.md and LICENSE'],
    [{ description: '' }, 'description is missing'],
    [{ publishConfig: { access: 'public' } }, 'publishConfig.provenance must be true'],
  ])('refuses %j', (changes, message) => {
    expect(faultsOf(changes)).toEqual([message]);
  });

  it('wants types before default, and package.json among the exports', () => {
    const exports = { '.': { default: './dist/index.js', types: './dist/index.d.ts' } };
    expect(faultsOf({ exports })).toEqual([
      'exports . must list types, then default',
      'exports must list ./package.json',
    ]);
  });

  it('wants a source path for every entry', () => {
    const entry = { types: './dist/parse.d.ts', default: './dist/parse.js' };
    expect(faultsOf({ exports: { './parse': entry, './package.json': './package.json' } })).toEqual([
      "@aegis/sql/parse has no line under paths in the root's tsconfig.json, so tests cannot run on its source",
    ]);
  });

  it('wants spec as a peer of an adapter', () => {
    const changes = { dependencies: { '@aegis/spec': 'workspace:^' } };
    expect(
      checkManifests(
        workspaceWith({
          'packages/warehouse-adapters/duckdb/package.json': manifest('@aegis/warehouse-duckdb', changes),
        }),
      ).map(({ message }) => message),
    ).toEqual(['an adapter has @aegis/spec in peerDependencies']);
  });

  it('leaves private packages alone', () => {
    expect(faultsOf({ private: true, type: 'commonjs' })).toEqual([]);
  });
});
