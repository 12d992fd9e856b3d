import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SecretRegistry } from '../secrets/secret-registry.js';
import { loadProject } from './project.js';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'aegis-project-')));
  await mkdir(join(root, 'shop', 'rules'), { recursive: true });
});

const load = (cwd: string, configPath?: string, env: { [name: string]: string } = {}) =>
  loadProject({ configPath }, { cwd, env, secrets: new SecretRegistry() });

describe('loadProject', () => {
  it('finds the nearest aegis.yaml above the working directory', async () => {
    await writeFile(join(root, 'aegis.yaml'), 'name: outer\n');
    await writeFile(join(root, 'shop', 'aegis.yaml'), 'name: inner\n');
    const project = await load(join(root, 'shop', 'rules'));
    expect(project).toMatchObject({ name: 'inner', directory: join(root, 'shop') });
    expect(project.configFile).toBe(join(root, 'shop', 'aegis.yaml'));
  });

  it('is named after its folder when it has no name', async () => {
    await writeFile(join(root, 'shop', 'aegis.yaml'), 'timezone: UTC\n');
    expect((await load(join(root, 'shop'))).name).toBe('shop');
  });

  it('goes on with defaults where there is no aegis.yaml', async () => {
    const project = await load(root);
    expect(project).toMatchObject({ name: 'default', directory: root, configFile: null });
  });

  it('says so when a named file does not exist', async () => {
    await expect(load(root, 'other.yaml')).rejects.toMatchObject({ code: 'config/not-found' });
  });

  it('resolves secrets only when asked for them', async () => {
    await writeFile(join(root, 'aegis.yaml'), 'warehouses:\n  pg: { type: postgres, password: "${env:PGPW}" }\n');
    const project = await load(root);
    const options = project.config.warehouses.pg;
    expect(() => project.resolve(options, ['warehouses', 'pg'])).toThrow(/warehouses\.pg\.password needs .* PGPW/);
    const set = await load(root, undefined, { PGPW: 'opened' });
    expect(set.resolve(options, ['warehouses', 'pg'])).toEqual({ type: 'postgres', password: 'opened' });
  });
});
