import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDbtProject } from './open-dbt-project.js';
import { withWarehouse } from './project-configuration.js';
import { warehouseOfProfile } from './warehouse-of-profile.js';

const indented = (text: string): string => text.replaceAll(/^/gm, '      ');

const read = (output: string, env: { readonly [name: string]: string } = {}) =>
  warehouseOfProfile({
    text: `shop:\n  target: dev\n  outputs:\n    dev:\n${indented(output)}\n`,
    file: 'profiles.yml',
    profile: 'shop',
    env,
  });

/** The options and what has to be done. */
const taken = (output: string) => {
  const warehouse = read(output);
  if (warehouse.kind === 'none') throw new Error(warehouse.reason);
  return { options: warehouse.options, notes: warehouse.notes };
};

describe('the connection of a profile', () => {
  it('is taken over in the words of aegis.yaml', () => {
    expect(taken('type: duckdb\npath: shop.duckdb\nthreads: 4')).toEqual({
      options: { type: 'duckdb', path: 'shop.duckdb' },
      notes: [],
    });
    expect(taken('type: duckdb\npath: ":memory:"\nextensions: [httpfs]')).toEqual({
      options: { type: 'duckdb' },
      notes: ['Not taken over from the profile: extensions.'],
    });
    expect(taken('type: bigquery\nmethod: service-account\nproject: p\ndataset: d\nkeyfile: key.json')).toEqual({
      options: { type: 'bigquery', projectId: 'p', dataset: 'd', keyFilename: 'key.json' },
      notes: [],
    });
    expect(
      taken('type: athena\nregion_name: eu-central-1\ns3_staging_dir: s3://b/\ndatabase: c\nschema: s').options,
    ).toEqual({
      ...{ type: 'athena', region: 'eu-central-1', outputLocation: 's3://b/', catalog: 'c', database: 's' },
    });
    expect(taken('type: trino\nmethod: ldap\nhost: t.example\nport: 8443\nuser: u\ndatabase: c').options).toEqual({
      ...{ type: 'trino', server: 'https://t.example:8443', user: 'u', catalog: 'c' },
    });
  });

  it('refers to the same variables', () => {
    const output = [
      'type: postgres',
      `host: "{{ env_var('PGHOST') }}"`,
      `port: "{{ env_var('PGPORT', '5432') | int }}"`,
      `user: "reader_{{ env_var( \\"WHO\\" ) }}"`,
      `password: "{{ env_var('DBT_ENV_SECRET_PASSWORD') }}"`,
      'dbname: shop',
    ];
    expect(taken(output.join('\n'))).toEqual({
      options: {
        ...{ type: 'postgres', host: '${env:PGHOST}', port: '${env:PGPORT}', user: 'reader_${env:WHO}' },
        ...{ password: '${env:DBT_ENV_SECRET_PASSWORD}', database: 'shop' },
      },
      notes: [
        'Set the environment variable PGHOST.',
        'Set the environment variable PGPORT: the default in profiles.yml is not taken over.',
        'Set the environment variable WHO.',
        'Set the environment variable DBT_ENV_SECRET_PASSWORD.',
      ],
    });
  });

  it.each([
    ['a literal', 'type: postgres\nhost: h\npassword: hunter2', 'SHOP_PASSWORD', 'password'],
    ['a default', `type: databricks\nhost: h\ntoken: "{{ env_var('T') }}hunter2"`, 'SHOP_TOKEN', 'token'],
    [
      'half of one',
      `type: databricks\nclient_secret: "hunter2-{{ env_var('T') }}"`,
      'SHOP_CLIENT_SECRET',
      'client_secret',
    ],
    ['a key', 'type: bigquery\nkeyfile_json: { private_key: hunter2 }', 'SHOP_CREDENTIALS', 'keyfile_json'],
    ['a number', 'type: postgres\npass: 4711', 'SHOP_PASSWORD', 'pass'],
    [
      'an access key',
      'type: athena\naws_secret_access_key: hunter2',
      'SHOP_SECRET_ACCESS_KEY',
      'aws_secret_access_key',
    ],
  ])('never copies a secret: %s', (_what, output, variable, name) => {
    const warehouse = taken(output);
    expect(JSON.stringify(warehouse)).not.toMatch(/hunter2|4711/);
    expect(JSON.stringify(warehouse.options)).toContain(`\${env:${variable}}`);
    expect(warehouse.notes).toContain(
      `Set the environment variable ${variable} to what profiles.yml has as ${name}: it was not copied.`,
    );
  });

  it('leaves out what only dbt can fill in, and says so', () => {
    expect(taken(`type: postgres\nhost: "{{ target.name }}"\nschema: s`)).toEqual({
      options: { type: 'postgres', schema: 's' },
      notes: ['Not taken over from the profile: host.'],
    });
  });

  it.each([
    ['type: snowflake\naccount: a\npassword: hunter2', 'warehouses of type snowflake are not supported'],
    ['type: constructor', 'warehouses of type constructor are not supported'],
    ['path: x', 'warehouses of type nothing are not supported'],
    ['type: duckdb\npath: "md:shop"', 'MotherDuck is not supported'],
  ])('is named where it cannot be used: %j', (output, reason) => {
    expect(read(output)).toEqual({ kind: 'none', reason });
  });

  it('is that of the target, which may come from the environment', () => {
    const text = `shop:
  target: "{{ env_var('DBT_TARGET', 'dev') }}"
  outputs: { dev: { type: duckdb, path: dev.db }, prod: { type: duckdb, path: prod.db } }
`;
    const pathFor = (env: { readonly [name: string]: string }, profile = 'shop') => {
      const warehouse = warehouseOfProfile({ text, file: 'profiles.yml', profile, env });
      return warehouse.kind === 'none' ? warehouse.reason : warehouse.options.path;
    };
    expect(pathFor({})).toBe('dev.db');
    expect(pathFor({ DBT_TARGET: 'prod' })).toBe('prod.db');
    expect(pathFor({ DBT_TARGET: 'gone' })).toBe('profile shop has no output gone');
    expect(pathFor({}, 'other')).toBe('profiles.yml has no profile other');
    const unset = text.replace(", 'dev'", '');
    const warehouse = warehouseOfProfile({ text: unset, file: 'profiles.yml', profile: 'shop', env: {} });
    expect(warehouse).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('depends on a variable that is not set'),
    });
    expect(warehouseOfProfile({ text: '{', file: 'profiles.yml', profile: 'shop', env: {} }).kind).toBe('none');
  });
});

describe('aegis.yaml', () => {
  const warehouse = {
    kind: 'warehouse',
    name: 'shop',
    target: 'dev',
    options: { type: 'duckdb', path: 'a.db' },
    notes: [],
  } as const;

  it('is written where there is none', () => {
    expect(withWarehouse(undefined, warehouse)).toBe(`# From the profile shop of dbt, target dev.

warehouses:
  shop:
    type: duckdb
    path: a.db
default_warehouse: shop
`);
  });

  it('gets warehouses where it has none, and keeps the rest', () => {
    expect(withWarehouse('name: shop # ours\n', warehouse)).toBe(`name: shop # ours
warehouses:
  shop:
    type: duckdb
    path: a.db
default_warehouse: shop
`);
    expect(withWarehouse('warehouses: {}\n', warehouse)).toBeUndefined();
    expect(() => withWarehouse('name: [', warehouse)).toThrow('aegis.yaml is not valid YAML');
  });
});

describe('a dbt project', () => {
  const project = async (files: { readonly [path: string]: string }) => {
    const folder = await mkdtemp(join(tmpdir(), 'aegis-dbt-project-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  };
  const profiles = (path: string) => `shop: { target: dev, outputs: { dev: { type: duckdb, path: ${path} } } }\n`;

  it('says where its manifest and its profile are', async () => {
    const folder = await project({
      'dbt_project.yml': "name: shop\nprofile: shop\ntarget-path: \"{{ env_var('OUT', 'build') }}\"\n",
      'home/.dbt/profiles.yml': profiles('home.db'),
      'elsewhere/profiles.yml': profiles('elsewhere.db'),
    });
    const env = { HOME: join(folder, 'home') };
    const opened = await openDbtProject({ folder, env });
    expect(opened).toMatchObject({
      manifest: join(folder, 'build', 'manifest.json'),
      warehouse: { options: { path: 'home.db' } },
    });
    const other = await openDbtProject({
      folder,
      env: { ...env, DBT_PROFILES_DIR: 'elsewhere', DBT_TARGET_PATH: 't' },
    });
    expect(other).toMatchObject({
      manifest: join(folder, 't', 'manifest.json'),
      warehouse: { options: { path: 'elsewhere.db' } },
    });
    await writeFile(join(folder, 'profiles.yml'), profiles('here.db'));
    expect(await openDbtProject({ folder, env })).toMatchObject({ warehouse: { options: { path: 'here.db' } } });
  });

  it('may lack a profile', async () => {
    const reasonFor = async (text: string) => {
      const folder = await project({ 'dbt_project.yml': text });
      const { warehouse } = await openDbtProject({ folder, env: { HOME: folder } });
      return warehouse.kind === 'none' ? warehouse.reason : undefined;
    };
    expect(await reasonFor('name: shop\n')).toBe('dbt_project.yml names no profile');
    expect(await reasonFor('profile: shop\n')).toBe('there is no profiles.yml');
  });

  it('is refused where it is none', async () => {
    const folder = await project({ 'broken/dbt_project.yml': 'name: [' });
    await expect(openDbtProject({ folder, env: {} })).rejects.toThrow(/is no dbt project: it has no dbt_project\.yml/);
    await expect(openDbtProject({ folder: join(folder, 'broken'), env: {} })).rejects.toThrow(/is not valid YAML/);
  });
});
