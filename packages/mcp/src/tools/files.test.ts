import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Connected, type ConnectOptions, connect, dataOf, type Era, textOf } from '../testing/connect.js';
import { shop, testProject } from '../testing/test-project.js';

const inside = { ...Object.fromEntries(Object.entries(shop).map(([path, text]) => [`in/${path}`, text])) };

/** A project in a folder `in`, with rules and data beside it. */
const project = () => testProject({ ...inside, ...shop, 'in/odd.txt': '- {}' });

const refused = async ({ call }: Connected, args: { readonly [key: string]: unknown }, tool = 'aegis_run') => {
  const result = await call(tool, args);
  expect(result.isError).toBe(true);
  expect(textOf(result)).toMatch(/^error config\/usage: .*(is not within the folders|may not be read here|is neither)/);
};

describe('files', () => {
  it('are read within the roots only', async () => {
    const effects = await project();
    const connected = await connect({ effects, options: { roots: ['in'] } });
    expect(dataOf(await connected.call('aegis_run', { rules: ['rules'] }))).toMatchObject({ verdict: 'failed' });
    const whole = { rules: [join(effects.cwd, 'in', 'rules')] };
    expect(dataOf(await connected.call('aegis_run', whole))).toMatchObject({ verdict: 'failed' });
    const outside = [
      '../rules',
      join(effects.cwd, 'rules'),
      '/etc',
      'rules/../../rules',
      '/etc/passwd',
      'a\0b',
      '../in2',
    ];
    for (const path of outside) await refused(connected, { rules: [path] });
    for (const path of outside) await refused(connected, { rules: [path] }, 'aegis_validate');
    await refused(connected, { rules: ['rules'], db: '../shop.duckdb' });
  });

  it('are YAML where they are rules, and no patterns', async () => {
    const connected = await connect({ effects: await project(), options: { roots: ['in'] } });
    for (const path of ['odd.txt', 'rules/*', 'evil.ts', 'rules/*.yaml', '{rules,.}/shop.yaml', '*/../shop.yaml'])
      await refused(connected, { rules: [path] });
  });

  it('are not reached by links', async () => {
    const effects = await project();
    await symlink(join(effects.cwd, 'rules', 'shop.yaml'), join(effects.cwd, 'in', 'linked.yaml'));
    await symlink(join(effects.cwd, 'rules'), join(effects.cwd, 'in', 'linked'));
    await mkdir(join(effects.cwd, 'in', 'more'));
    await symlink(join(effects.cwd, 'rules', 'shop.yaml'), join(effects.cwd, 'in', 'more', 'a.yaml'));
    const connected = await connect({ effects, options: { roots: ['in'] } });
    for (const path of ['linked.yaml', 'linked', 'linked/shop.yaml', 'more'])
      await refused(connected, { rules: [path] });
  });

  it('are not reached by links that the pattern of a rule leads through', async () => {
    const effects = await project();
    const folder = (name: string) => join(effects.cwd, 'in', name);
    for (const name of ['data', 'data/day', 'links']) await mkdir(folder(name));
    for (const name of ['data/a.csv', 'data/day/b.csv']) await writeFile(folder(name), 'id\n1\n');
    await symlink(folder('data/a.csv'), folder('data/inner.csv'));
    await symlink(folder('data'), folder('data/loop'));
    await symlink(join(effects.cwd, 'customers.csv'), folder('links/out.csv'));
    await symlink(effects.cwd, folder('outside'));
    await symlink(folder('links'), folder('data/day/links'));
    const connected = await connect({ effects, options: { roots: ['in'] } });
    const judged = async (table: string) => {
      await writeFile(
        folder('pattern.yaml'),
        `- { metadata: { id: r, description: d, owner: o }, scope: { table: "${table}" }, logic: { type: not_null, column: id } }\n`,
      );
      return connected.call('aegis_run', { rules: ['pattern.yaml'] });
    };
    for (const table of ['data/*.csv', 'data/[ai]*.csv', 'data/day/*.csv', 'd*/day/b.csv'])
      expect(dataOf(await judged(table))).toMatchObject({ verdict: 'passed' });
    for (const table of [
      'links/*.csv',
      '*/out.csv',
      '*/customers.csv',
      '**/*.csv',
      'data/**/*.csv',
      'data/day/*/*.csv',
    ])
      expect(textOf(await judged(table))).toContain('which may not be read here');
  });

  it('are within the roots where a rule names them, too', async () => {
    const effects = await project();
    const rule = (table: string) =>
      `- { metadata: { id: r, description: d, owner: o }, scope: { table: ${table} }, logic: { type: not_null, column: id } }\n`;
    await writeFile(join(effects.cwd, 'in', 'up.yaml'), rule('../customers.csv'));
    await writeFile(join(effects.cwd, 'in', 'all.yaml'), rule('"/etc/*.csv"'));
    const connected = await connect({ effects, options: { roots: ['in'] } });
    await refused(connected, { rules: ['up.yaml'] });
    await refused(connected, { rules: ['all.yaml'] });
    await refused(connected, { rules: ['up.yaml'], check_sql: true }, 'aegis_validate');
  });
});

describe.each<Era>(['legacy', 'auto'])('the folders of a client, protocol %s', (era) => {
  const declaring = (folders: readonly string[]): Pick<ConnectOptions, 'client' | 'prepare' | 'era'> => ({
    era,
    client: { capabilities: { roots: {} } },
    prepare: (client) =>
      client.setRequestHandler('roots/list', () => ({
        roots: folders.map((path) => ({ uri: pathToFileURL(path).href })),
      })),
  });

  it('are the roots where none were named', async () => {
    const effects = await project();
    const connected = await connect({ effects, ...declaring([join(effects.cwd, 'in')]) });
    expect(dataOf(await connected.call('aegis_run', { rules: ['rules'] }))).toMatchObject({ verdict: 'failed' });
    await refused(connected, { rules: [join(effects.cwd, 'rules')] });
  });

  it('do not count where the client has none open', async () => {
    const effects = await project();
    const connected = await connect({ effects, ...declaring([]) });
    expect(dataOf(await connected.call('aegis_run', { rules: ['rules'] }))).toMatchObject({ verdict: 'failed' });
    const named = await connect({ effects, options: { roots: ['in'] }, ...declaring([]) });
    await refused(named, { rules: ['../rules'] });
  });

  it('only narrow the roots that were named', async () => {
    const effects = await project();
    const narrowed = await connect({ effects, options: { roots: ['.'] }, ...declaring([join(effects.cwd, 'in')]) });
    expect(dataOf(await narrowed.call('aegis_run', { rules: ['in/rules'] }))).toMatchObject({ verdict: 'failed' });
    await refused(narrowed, { rules: ['rules'] });
    const elsewhere = await connect({ effects, options: { roots: ['in'] }, ...declaring(['/']) });
    await refused(elsewhere, { rules: ['../rules'] });
    const disjoint = await connect({ effects, options: { roots: ['in'] }, ...declaring([join(effects.cwd, 'rules')]) });
    await refused(disjoint, { rules: ['rules'] });
  });
});
