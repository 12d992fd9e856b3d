import { expect, it } from 'vitest';
import { bundlesOf, missingReleases } from './missing-releases.js';

const bundles = new Map([['@aegis/cli', ['@aegis/core', '@aegis/sql']]]);

it('asks for a release of what bundles a changed package', () => {
  expect(missingReleases([{ file: 'red-fox.md', packages: ['@aegis/core'] }], bundles)).toEqual([
    'red-fox.md changes what @aegis/cli bundles: name @aegis/cli in a changeset too',
  ]);
});

it('is content when any changeset releases the bundling package', () => {
  const changesets = [
    { file: 'a.md', packages: ['@aegis/core'] },
    { file: 'b.md', packages: ['@aegis/cli'] },
  ];
  expect(missingReleases(changesets, bundles)).toEqual([]);
});

it('does not mind changes of packages that nobody bundles', () => {
  expect(missingReleases([{ file: 'a.md', packages: ['@aegis/warehouse-duckdb'] }], bundles)).toEqual([]);
});

it('reads from the table of arrows what the command bundles', () => {
  const taken = bundlesOf(['cli', 'sql']).get('@aegis/cli') ?? [];
  expect(taken).toContain('@aegis/core');
  expect(taken).toContain('@aegis/report');
  expect(taken.filter((name) => name.startsWith('@aegis/warehouse-'))).toEqual([]);
  expect(bundlesOf(['sql']).size).toBe(0);
});
