import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

const contracts = await import('@aegis/contracts');
const installed: { readonly [name: string]: unknown } = {
  '@aegis/warehouse-duckdb': duckdb,
  '@aegis/contracts': contracts,
};

const run = (cwd: string, ...args: readonly string[]) =>
  aegis(args, { cwd, importFrom: async (name) => installed[name] });

const suite = {
  name: 'customers',
  expectations: [
    { type: 'expect_column_values_to_be_unique', kwargs: { column: 'id' } },
    { type: 'expect_column_median_to_be_between', kwargs: { column: 'amount', min_value: 0 } },
  ],
};

const withFile = async (name: string, text: string): Promise<string> => {
  const cwd = await shop();
  await writeFile(join(cwd, name), text);
  return cwd;
};

describe('a suite of Great Expectations', () => {
  it('becomes rules about the table that is named, and they run', async () => {
    const cwd = await withFile('suite.json', JSON.stringify(suite));
    const args = ['contract', 'import', 'suite.json', '--table', 'customers.csv', '--output', 'rules.yaml'];
    expect(await run(cwd, ...args)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        'customers/2 (expect_column_median_to_be_between): no rule type is about a median.',
      ),
    });
    expect(await readFile(join(cwd, 'rules.yaml'), 'utf8')).toContain('type: unique');
    const { stdout } = await run(cwd, 'run', 'rules.yaml', '--no-llm');
    expect(stdout).toContain('customers.csv.id.values_to_be_unique');
  });

  it('is written in the SQL of the default warehouse', async () => {
    const about = { column: 'E mail', min_value: 0, strict_min: true };
    const checks = { name: 's', expectations: [{ type: 'expect_column_values_to_be_between', kwargs: about }] };
    const cwd = await withFile('suite.json', JSON.stringify(checks));
    const written = async (config: string) => {
      await writeFile(join(cwd, 'aegis.yaml'), config);
      return (await run(cwd, 'contract', 'import', 'suite.json', '--table', 'customers', '--quiet')).stdout;
    };
    const two = 'warehouses: { bq: { type: bigquery }, pg: { type: postgres } }\n';
    expect(await written('warehouses: { bq: { type: bigquery } }\n')).toContain('expression: "`E mail` > 0"');
    expect(await written(`${two}default_warehouse: bq\n`)).toContain('expression: "`E mail` > 0"');
    expect(await written(`${two}default_warehouse: pg\n`)).toContain('expression: \'"E mail" > 0\'');
    expect(await written('warehouses: { own: { type: ./own.js } }\n')).toContain('expression: \'"E mail" > 0\'');
  });

  it('of which nothing is converted is said to give no rules', async () => {
    const cwd = await withFile('suite.json', JSON.stringify({ ...suite, expectations: suite.expectations.slice(1) }));
    const args = ['contract', 'import', 'suite.json', '--table', 'customers.csv', '--output', 'rules.yaml'];
    const { code, stderr } = await run(cwd, ...args);
    expect({ code, said: stderr.split('\n').at(-2) }).toEqual({
      code: 0,
      said: 'Written to rules.yaml, without rules: nothing was converted.',
    });
  });

  it('without a table is asked for it', async () => {
    const cwd = await withFile('suite.json', JSON.stringify(suite));
    expect(await run(cwd, 'contract', 'import', 'suite.json')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--table orders'),
    });
  });
});

describe('checks of Soda', () => {
  it('become rules about the tables that they name', async () => {
    const cwd = await withFile('checks.yml', 'checks for customers.csv:\n  - row_count > 0\n  - what is this\n');
    const { code, stdout, stderr } = await run(cwd, 'contract', 'import', 'checks.yml');
    expect(code).toBe(0);
    expect(stderr).toContain('checks for customers.csv/2 (check): its line is not understood.');
    await writeFile(join(cwd, 'soda.yaml'), stdout);
    expect(await run(cwd, 'run', 'soda.yaml', '--no-llm')).toMatchObject({ code: 0 });
  });

  it('are refused with the place of what is no YAML', async () => {
    const cwd = await withFile('checks.yml', 'checks for customers:\n  - row_count: [\n');
    expect(await run(cwd, 'contract', 'import', 'checks.yml')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/checks\.yml:\d+:\d+/),
    });
  });
});
