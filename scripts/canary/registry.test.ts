import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serveRegistry } from './registry.js';

interface Packument {
  readonly versions: { readonly '0.1.0': { readonly dist: { readonly tarball: string; readonly integrity: string } } };
}

const serveOne = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-registry-'));
  const tarball = join(folder, 'sql.tgz');
  writeFileSync(tarball, 'bytes of the tarball');
  const registry = await serveRegistry([
    {
      name: '@aegis/sql',
      version: '0.1.0',
      tarball,
      integrity: 'sha512-x',
      files: [],
      imports: new Map(),
      manifest: { name: '@aegis/sql' },
    },
  ]);
  onTestFinished(async () => {
    await registry.close();
    rmSync(folder, { recursive: true });
  });
  return registry;
};

it('describes a package under its encoded name and serves the tarball it names', async () => {
  const { url } = await serveOne();
  const described = (await (await fetch(`${url}/@aegis%2fsql`)).json()) as Packument;
  expect(described).toMatchObject({ name: '@aegis/sql', 'dist-tags': { latest: '0.1.0' } });
  const { tarball, integrity } = described.versions['0.1.0'].dist;
  expect(integrity).toBe('sha512-x');
  expect(await (await fetch(tarball)).text()).toBe('bytes of the tarball');
});

it('does not know other packages', async () => {
  const { url } = await serveOne();
  expect((await fetch(`${url}/@aegis%2fother`)).status).toBe(404);
});
