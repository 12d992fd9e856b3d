import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFromFolders } from './import-from.js';
import { adapterSpecifiers, loadWarehouseAdapter } from './warehouse-adapter.js';

const source = (type: string, contract = 'warehouse/v1') =>
  `export const adapter = { contract: '${contract}', type: '${type}', optionsSchema: {}, create: () => ({}) };\n`;

const folderWith = async (files: { readonly [path: string]: string }): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-adapter-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
};

/** A package that exports only the `import` condition, as many do. */
const installed = (name: string, text: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: '1.0.0',
    type: 'module',
    exports: { '.': { import: './index.js' } },
  }),
  [`node_modules/${name}/index.js`]: text,
});

const load = (type: string, folders: readonly string[], own: readonly string[] = []) =>
  loadWarehouseAdapter({ type, folders }, { importFrom: importFromFolders(own) });

describe('loadWarehouseAdapter', () => {
  it('finds a short type as a package of ours, in the first folder that has it', async () => {
    const near = await folderWith(installed('@aegis/warehouse-foo', source('near')));
    const far = await folderWith(installed('@aegis/warehouse-foo', source('far')));
    expect(await load('foo', [near, far])).toMatchObject({ type: 'near' });
    expect(await load('foo', [await folderWith({}), far])).toMatchObject({ type: 'far' });
  });

  it('finds what is installed beside the program last', async () => {
    const own = await folderWith(installed('@aegis/warehouse-foo', source('own')));
    expect(await load('foo', [await folderWith({})], [own])).toMatchObject({ type: 'own' });
  });

  it('takes a package name or a path as it is', async () => {
    const folder = await folderWith({
      ...installed('@acme/aegis-adapter', source('scoped')),
      ...installed('acme-adapter', source('plain')),
      'adapter.js': source('file'),
    });
    expect(await load('@acme/aegis-adapter', [folder])).toMatchObject({ type: 'scoped' });
    expect(await load('acme-adapter', [folder])).toMatchObject({ type: 'plain' });
    expect(await load('./adapter.js', [folder])).toMatchObject({ type: 'file' });
  });

  it('gives the install command for an adapter that is not there', async () => {
    await expect(load('foo', [await folderWith({})])).rejects.toMatchObject({
      code: 'config/missing-adapter',
      hint: 'Run: npm install @aegis/warehouse-foo',
    });
  });

  it('says where a path starts that leads nowhere', async () => {
    await expect(load('./gone.js', [await folderWith({})])).rejects.toMatchObject({
      message: expect.stringMatching(/^there is no adapter for warehouse type "\.\/gone\.js"/),
      hint: 'The path is relative to the folder of aegis.yaml.',
    });
  });

  it('suggests the type that was meant', async () => {
    await expect(load('postgress', [await folderWith({})])).rejects.toMatchObject({
      hint: 'Did you mean "postgres"?',
    });
  });

  it('tells an adapter that does not load from one that is not there', async () => {
    const folder = await folderWith(
      installed('@aegis/warehouse-foo', "throw new Error('no binary for this system');\n"),
    );
    await expect(load('foo', [folder])).rejects.toThrow(/is installed but does not load: no binary for this system/);
  });

  it('refuses what is not an adapter of this contract', async () => {
    const folder = await folderWith({ 'old.js': source('old', 'warehouse/v0'), 'none.js': 'export const x = 1;\n' });
    await expect(load('./old.js', [folder])).rejects.toThrow('./old.js is not a warehouse adapter');
    await expect(load('./none.js', [folder])).rejects.toThrow('./none.js is not a warehouse adapter');
  });
});

describe('adapterSpecifiers', () => {
  it('prefers our package for a bare word, and leaves everything else alone', () => {
    expect(adapterSpecifiers('duckdb')).toEqual(['@aegis/warehouse-duckdb', 'duckdb']);
    expect(adapterSpecifiers('@acme/x')).toEqual(['@acme/x']);
    expect(adapterSpecifiers('../x.js')).toEqual(['../x.js']);
  });
});
