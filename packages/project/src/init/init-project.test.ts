import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.js';
import type { Effects } from '../effects.js';
import { SecretRegistry } from '../secrets/secret-registry.js';
import { initProject } from './init-project.js';

const adapter = { contract: 'warehouse/v1', type: 'duckdb', optionsSchema: {}, create: () => ({}) };

let cwd: string;
let effects: Effects;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'aegis-init-'));
  effects = {
    cwd,
    env: {},
    now: () => new Date(0),
    secrets: new SecretRegistry(),
    importFrom: async (specifier) => (specifier === '@aegis/warehouse-duckdb' ? { adapter } : undefined),
  };
});

describe('initProject', () => {
  it('lays out a project whose example can be run at once', async () => {
    const made = await initProject({ directory: 'shop' }, effects);
    expect(made).toEqual({
      directory: join(cwd, 'shop'),
      files: ['aegis.yaml', 'rules/example.yaml', 'data/orders.csv', '.gitignore'],
      next: ['run', 'rules/example.yaml'],
      adapter: { package: '@aegis/warehouse-duckdb', isInstalled: true },
    });
    expect(await readFile(join(cwd, 'shop', 'rules', 'example.yaml'), 'utf8')).toContain('table: ../data/orders.csv');
  });

  it.each(['duckdb', 'postgres', 'bigquery', 'athena', 'trino', 'acme'])(
    'writes a valid configuration for %s',
    async (warehouse) => {
      await initProject({ warehouse, name: 'a: "b"' }, effects);
      const { config } = parseConfig(await readFile(join(cwd, 'aegis.yaml'), 'utf8'), 'aegis.yaml');
      expect(config).toMatchObject({
        name: 'a: "b"',
        default_warehouse: 'main',
        warehouses: { main: { type: warehouse } },
      });
    },
  );

  it('says what to install when the adapter is not there', async () => {
    const made = await initProject({ warehouse: 'acme' }, effects);
    expect(made.adapter).toEqual({ package: '@aegis/warehouse-acme', isInstalled: false });
  });

  it('writes nothing for a misspelled warehouse', async () => {
    await expect(initProject({ warehouse: 'duckbd' }, effects)).rejects.toThrow(
      /no adapter for warehouse type "duckbd"/,
    );
    expect(await readdir(cwd)).toEqual([]);
  });

  it('refuses to replace a file, and then writes nothing at all', async () => {
    await mkdir(join(cwd, 'rules'));
    await writeFile(join(cwd, 'rules', 'example.yaml'), 'mine');
    await expect(initProject({}, effects)).rejects.toMatchObject({
      code: 'config/output',
      message: 'rules/example.yaml already exists',
    });
    expect(await readdir(cwd)).toEqual(['rules']);
  });

  it('replaces files when it is told to', async () => {
    await writeFile(join(cwd, 'aegis.yaml'), 'mine');
    await initProject({ force: true }, effects);
    expect(await readFile(join(cwd, 'aegis.yaml'), 'utf8')).toContain('default_warehouse');
  });

  it('adds to a .gitignore once and keeps what is in it', async () => {
    await writeFile(join(cwd, '.gitignore'), 'node_modules/\n.env\n');
    await initProject({}, effects);
    await initProject({ force: true }, effects);
    expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules/\n.env\n.aegis/\n*.duckdb.wal\n');
  });

  it('takes back what it wrote when it cannot go on', async () => {
    await writeFile(join(cwd, 'data'), 'a file where a folder should be');
    await expect(initProject({}, effects)).rejects.toMatchObject({ code: 'config/output' });
    expect(await readdir(cwd)).toEqual(['data']);
  });
});
