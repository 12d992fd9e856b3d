import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

/** Loaded as the commands load it: only where someone uses it. */
const dbt = await import('@aegis/dbt');
const installed: { readonly [name: string]: unknown } = { '@aegis/warehouse-duckdb': duckdb, '@aegis/dbt': dbt };

const run = (cwd: string, ...args: readonly string[]) =>
  aegis(args, { cwd, importFrom: async (name) => installed[name] });

const test = (kind: string, column: string, parts: object = {}) => ({
  name: `${kind}_${column}`,
  package_name: 'shop',
  column_name: column,
  depends_on: { nodes: ['model.shop.customers'] },
  test_metadata: { name: kind, kwargs: { column_name: column, model: "{{ ref('customers') }}" } },
  ...parts,
});

const manifest = (tests: { readonly [id: string]: object }): string =>
  JSON.stringify({
    metadata: { project_name: 'shop', dbt_version: '1.10.0' },
    nodes: { 'model.shop.customers': { name: 'customers', package_name: 'shop', alias: 'customers' }, ...tests },
  });

const tests = {
  'test.shop.unique_id.1': test('unique', 'id'),
  'test.shop.not_null_amount.2': test('not_null', 'amount'),
  'test.shop.odd_email.3': test('odd', 'email'),
};

/** The shop's folder with a manifest. */
const dbtShop = async (): Promise<string> => {
  const cwd = await shop();
  await writeFile(join(cwd, 'manifest.json'), manifest(tests));
  return cwd;
};

describe('aegis dbt generate', () => {
  it('prints the rules alone on stdout, and on stderr what came of each check', async () => {
    const cwd = await dbtShop();
    const { code, stdout, stderr } = await run(cwd, 'dbt', 'generate', 'manifest.json');
    expect(code).toBe(0);
    expect(stderr).toBe(
      [
        '3 checks: 2 converted, 1 not',
        '  not_null: 1 converted',
        '  odd: 0 converted, 1 not',
        '  unique: 1 converted',
        'Not converted:',
        '  test.shop.odd_email.3 (odd): no rule type is known to mean the same, and its compiled SQL is not in the manifest. Run `dbt compile` and try again.',
        '',
      ].join('\n'),
    );
    await writeFile(join(cwd, 'dbt.yaml'), stdout);
    expect((await run(cwd, 'validate', 'dbt.yaml')).stdout).toMatch(/^2 valid rules .* 0 errors/m);
    expect((await run(cwd, 'dbt', 'generate', 'manifest.json', '--quiet')).stderr).toBe('');
  });

  it('writes a file, refuses to replace it, and updates it with --sync', async () => {
    const cwd = await dbtShop();
    const generate = (...flags: readonly string[]) =>
      run(cwd, 'dbt', 'generate', 'manifest.json', '--output', 'dbt.yaml', ...flags);
    expect((await generate()).stderr).toMatch(/\nWritten to dbt\.yaml\. Try them: aegis run dbt\.yaml\n$/);
    expect(await generate()).toMatchObject({ code: 2, stderr: expect.stringMatching(/already exists\n.*--force/) });
    expect((await generate('--force')).code).toBe(0);
    const written = await readFile(join(cwd, 'dbt.yaml'), 'utf8');
    expect((await generate('--sync')).stderr).toMatch(/\ndbt\.yaml: 0 added, 0 updated, 2 unchanged\n$/);
    expect(await readFile(join(cwd, 'dbt.yaml'), 'utf8')).toBe(written);
    const { 'test.shop.unique_id.1': _gone, ...rest } = tests;
    const added = { 'test.shop.not_null_id.4': test('not_null', 'id') };
    await writeFile(join(cwd, 'manifest.json'), manifest({ ...rest, ...added }));
    expect((await generate('--sync')).stderr).toMatch(
      /\ndbt\.yaml: 1 added, 0 updated, 1 unchanged\n1 rule no longer in dbt, or no longer converted; left in the file:\n {2}unique_id\n$/,
    );
    await writeFile(join(cwd, 'dbt.yaml'), 'name: shop\n');
    expect(await generate('--sync')).toMatchObject({ code: 2, stderr: expect.stringContaining('is no file of rules') });
    expect(await readFile(join(cwd, 'dbt.yaml'), 'utf8')).toBe('name: shop\n');
  });

  it('takes manifest and warehouse from the project', async () => {
    const cwd = await shop();
    const secret = `shop: { target: dev, outputs: { dev: { type: postgres, host: h, password: hunter2 } } }`;
    await writeFile(join(cwd, 'dbt_project.yml'), 'name: shop\nprofile: shop\ntarget-path: .\n');
    await writeFile(join(cwd, 'profiles.yml'), secret);
    await writeFile(join(cwd, 'manifest.json'), manifest(tests));
    const { code, stdout, stderr } = await run(cwd, 'dbt', 'generate', '--project', '.');
    expect({ code, rules: stdout.includes('unique_id') }).toEqual({ code: 0, rules: true });
    expect(stderr).toMatch(
      /\nWarehouse shop \(target dev\) written to aegis\.yaml\.\n {2}Set the environment variable SHOP_PASSWORD to what profiles\.yml has as password: it was not copied\.\n$/,
    );
    const text = await readFile(join(cwd, 'aegis.yaml'), 'utf8');
    expect(text).toContain('password: ${env:SHOP_PASSWORD}');
    expect(`${text}${stdout}${stderr}`).not.toContain('hunter2');
    expect((await run(cwd, 'dbt', 'generate', '--project', '.')).stderr).toMatch(/aegis\.yaml has warehouses already/);
  });

  it.each([
    [['gone.json'], /gone\.json does not exist\n.*dbt compile/],
    [[], /target\/manifest\.json does not exist/],
    [['rules'], /rules is a folder/],
    [['customers.csv'], /customers\.csv is no dbt manifest: it is not JSON/],
    [['manifest.json', '--sync'], /--sync needs --output/],
    [['manifest.json', '--output', 'gone/dbt.yaml'], /cannot be written: the folder does not exist/],
    [['--project', 'rules'], /is no dbt project: it has no dbt_project\.yml/],
    [['manifest.json', '--output', ''], /must not be empty/],
  ])('refuses %j', async (args, message) => {
    const cwd = await dbtShop();
    const files = await readdir(cwd);
    expect(await run(cwd, 'dbt', 'generate', ...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
    expect(await readdir(cwd)).toEqual(files);
  });

  it('says what to install where the package is missing or of another version', async () => {
    const cwd = await dbtShop();
    const missing = await aegis(['dbt', 'generate', 'manifest.json'], { cwd });
    expect(missing).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: aegis dbt needs @aegis/dbt, which is not installed\n  Run: npm install @aegis/dbt\n',
    });
    const other = await aegis(['dbt', 'results', '--manifest', 'm'], { cwd, importFrom: async () => ({}) });
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('is of a version that does not fit') });
  });
});

describe('aegis dbt results', () => {
  it('writes a run as results of dbt', async () => {
    const cwd = await dbtShop();
    await run(cwd, 'dbt', 'generate', 'manifest.json', '--output', 'dbt.yaml');
    const rules = (await readFile(join(cwd, 'dbt.yaml'), 'utf8')).replaceAll(
      'table: customers',
      'table: customers.csv',
    );
    await writeFile(join(cwd, 'dbt.yaml'), rules);
    expect((await run(cwd, 'run', 'dbt.yaml', 'rules', '--no-llm')).code).toBe(1);
    const { code, stdout, stderr } = await run(cwd, 'dbt', 'results', '--manifest', 'manifest.json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^2 results of 5 rules\n {2}ids_unique is not from a test of this manifest\n/);
    const { results } = JSON.parse(stdout) as {
      results: readonly { unique_id: string; status: string; failures: number }[];
    };
    expect(results.map(({ unique_id: id, status, failures }) => [id, status, failures])).toEqual([
      ['test.shop.not_null_amount.2', 'pass', 0],
      ['test.shop.unique_id.1', 'fail', 1],
    ]);
    const args = ['--manifest', 'manifest.json', '--output', 'run_results.json', '--quiet'];
    expect(await run(cwd, 'dbt', 'results', ...args)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readFile(join(cwd, 'run_results.json'), 'utf8')).toBe(stdout);
  });

  it('needs a run and a manifest', async () => {
    const cwd = await dbtShop();
    expect(await run(cwd, 'dbt', 'results')).toMatchObject({ code: 2, stderr: expect.stringContaining('--manifest') });
    const without = await run(cwd, 'dbt', 'results', 'gone.json', '--manifest', 'manifest.json');
    expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/gone\.json cannot be read/) });
  });
});
