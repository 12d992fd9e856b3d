import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

/** Loaded as the commands load it: only where someone uses it. */
const contracts = await import('@aegis/contracts');
const installed: { readonly [name: string]: unknown } = {
  '@aegis/warehouse-duckdb': duckdb,
  '@aegis/contracts': contracts,
};

const run = (cwd: string, ...args: readonly string[]) =>
  aegis(args, { cwd, importFrom: async (name) => installed[name] });

const contract = `apiVersion: v3.1.0
kind: DataContract
id: shop
version: 1.0.0
status: active
schema:
  - name: customers
    physicalName: customers.csv
    properties:
      - name: id
        logicalType: integer
        unique: true
      - name: email
        logicalType: string
        quality:
          - { type: text, description: Addresses were confirmed. }
      - name: amount
        logicalType: number
        logicalTypeOptions: { minimum: 0 }
`;

/** The shop's folder with a contract. */
const contractShop = async (text = contract): Promise<string> => {
  const cwd = await shop();
  await writeFile(join(cwd, 'shop.odcs.yaml'), text);
  return cwd;
};

interface Results {
  readonly results: readonly {
    readonly rule_id: string;
    readonly outcome: string;
    readonly notes: readonly string[];
    readonly location: { readonly line: number };
  }[];
}

const checked = async (cwd: string, ...flags: readonly string[]) => {
  const { code, stdout, stderr } = await run(
    cwd,
    ...['contract', 'check', 'shop.odcs.yaml', '--no-llm', '--format', 'json', ...flags],
  );
  const outcomes = stdout === '' ? [] : (JSON.parse(stdout) as Results).results;
  return { code, stderr, outcomes };
};

describe('aegis contract import', () => {
  it('prints the rules alone on stdout, and on stderr what came of each promise', async () => {
    const cwd = await contractShop();
    const { code, stdout, stderr } = await run(cwd, 'contract', 'import', 'shop.odcs.yaml');
    expect(code).toBe(0);
    expect(stderr).toBe(
      [
        'note: Types of 3 columns are not in the rules: aegis contract check compares them.',
        '4 checks: 3 converted, 1 not',
        '  column: 1 converted',
        '  minimum: 1 converted',
        '  text: 0 converted, 1 not',
        '  unique: 1 converted',
        'Not converted:',
        '  customers.email:text (text): it is text for people.',
        '',
      ].join('\n'),
    );
    await writeFile(join(cwd, 'contract.yaml'), stdout);
    expect((await run(cwd, 'run', 'contract.yaml', '--no-llm')).stdout).toContain('customers_id_unique');
    expect((await run(cwd, 'contract', 'import', 'shop.odcs.yaml', '--quiet')).stderr).toBe('');
  });

  it('writes paths of data files as the rules file sees them', async () => {
    const cwd = await contractShop();
    const imported = await run(cwd, 'contract', 'import', 'shop.odcs.yaml', '--output', 'rules/contract.yaml');
    expect(imported.stderr).toMatch(
      /\nWritten to rules\/contract\.yaml\. Try them: aegis run rules\/contract\.yaml\n$/,
    );
    expect(await readFile(join(cwd, 'rules/contract.yaml'), 'utf8')).toContain('table: ../customers.csv');
    expect((await run(cwd, 'run', 'rules/contract.yaml', '--no-llm')).code).toBe(1);
  });

  it('updates its file with --sync, and leaves what was edited', async () => {
    const cwd = await contractShop();
    const imports = (...flags: readonly string[]) =>
      run(cwd, 'contract', 'import', 'shop.odcs.yaml', '--output', 'contract.yaml', ...flags);
    await imports();
    expect(await imports()).toMatchObject({ code: 2, stderr: expect.stringMatching(/already exists\n.*--force/) });
    const rules = await readFile(join(cwd, 'contract.yaml'), 'utf8');
    await writeFile(join(cwd, 'contract.yaml'), rules.replace('min_value: 0', 'min_value: 1'));
    await writeFile(
      join(cwd, 'shop.odcs.yaml'),
      contract.replace('minimum: 0', 'minimum: 5').replace('unique: true', 'required: true'),
    );
    expect((await imports('--sync')).stderr).toMatch(
      new RegExp(
        [
          '\ncontract.yaml: 1 added, 0 updated, 1 unchanged',
          '1 rule edited here, and different in the contract by now; left as they are:',
          '  customers_amount_range',
          '1 rule no longer in the contract, or no longer converted; left in the file:',
          '  customers_id_unique\n$',
        ].join('\n'),
      ),
    );
  });

  it.each([
    [['gone.yaml'], /gone\.yaml does not exist\n.*ODCS/],
    [['rules'], /rules is a folder/],
    [['/dev/zero'], /\/dev\/zero is larger than 10 MB/],
    [['customers.csv'], /customers\.csv:1:1: customers\.csv is in no format known here/],
    [['shop.odcs.yaml', '--from', 'odcz'], /odcz/],
    [['shop.odcs.yaml', '--server', 'prod'], /has no server called "prod"/],
    [['shop.odcs.yaml', '--sync'], /--sync needs --output/],
    [['rules/shop.yaml', '--from', 'odcs'], /rules\/shop\.yaml:1:1: the file is no data contract/],
    [['shop.odcs.yaml', '--output', 'gone/rules.yaml'], /cannot be written: the folder does not exist/],
  ])('refuses %j', async (args, message) => {
    const cwd = await contractShop();
    const files = await readdir(cwd);
    const refused = await run(cwd, 'contract', 'import', ...args);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(refused.stderr).not.toMatch(/\n {4}at /);
    expect(await readdir(cwd)).toEqual(files);
  });

  it('says what to install where the package is missing or of another version', async () => {
    const cwd = await contractShop();
    expect(await aegis(['contract', 'import', 'shop.odcs.yaml'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: aegis contract needs @aegis/contracts, which is not installed\n  Run: npm install @aegis/contracts\n',
    });
    const other = await aegis(['contract', 'check', 'shop.odcs.yaml'], { cwd, importFrom: async () => ({}) });
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('is of a version that does not fit') });
  });
});

describe('aegis contract check', () => {
  it('judges schema and values, each where the contract says it', async () => {
    const cwd = await contractShop();
    const { code, outcomes, stderr } = await checked(cwd);
    expect(code).toBe(1);
    expect(stderr).toContain('1 promise cannot be checked:\n  customers.email:text (text): it is text for people.\n');
    expect(outcomes.map(({ rule_id: id, outcome, location }) => [id, outcome, location.line])).toEqual([
      ['customers_amount_column', 'pass', 17],
      ['customers_amount_range', 'pass', 19],
      ['customers_email_column', 'pass', 13],
      ['customers_extra_columns', 'pass', 7],
      ['customers_id_column', 'pass', 10],
      ['customers_id_unique', 'fail', 12],
    ]);
  });

  it('keeps a sound contract with exit code 0', async () => {
    const cwd = await contractShop(contract.replace('        unique: true\n', ''));
    expect((await checked(cwd)).code).toBe(0);
  });

  it('finds missing columns, other types, and columns that nobody promised', async () => {
    const changed = contract
      .replace('        unique: true\n', '')
      .replace('logicalType: string', 'logicalType: date')
      .replace('name: amount', 'name: total')
      .replace('        logicalTypeOptions: { minimum: 0 }\n', '');
    const cwd = await contractShop(changed);
    const { code, outcomes } = await checked(cwd);
    expect(code).toBe(1);
    expect(outcomes.map(({ rule_id: id, outcome, notes }) => [id, outcome, ...notes])).toEqual([
      ['customers_email_column', 'fail', 'the type is VARCHAR, the contract says date'],
      ['customers_extra_columns', 'warn', 'not in the contract: amount'],
      ['customers_id_column', 'pass'],
      ['customers_total_column', 'fail', 'column total is missing'],
    ]);
    const strict = await checked(cwd, '--strict', '--select', 'customers_extra_columns');
    expect(strict.outcomes.map(({ outcome }) => outcome)).toEqual(['fail']);
  });

  it('shows people what is broken, and writes the report like a run', async () => {
    const cwd = await contractShop(contract.replace('name: amount', 'name: total'));
    const args = ['contract', 'check', 'shop.odcs.yaml', '--no-llm', '--output-json', 'report.json'];
    const { code, stdout } = await run(cwd, ...args);
    expect(code).toBe(3);
    expect(stdout).toContain('column total is missing');
    const report = JSON.parse(await readFile(join(cwd, 'report.json'), 'utf8')) as { rules_files: readonly string[] };
    expect(report.rules_files).toEqual(['shop.odcs.yaml']);
  });

  it('cannot judge a table that is not there', async () => {
    const cwd = await contractShop(contract.replace('customers.csv', 'clients.csv'));
    expect((await checked(cwd)).code).toBe(3);
  });

  it('refuses a contract that promises nothing of data', async () => {
    const none = contract.slice(0, contract.indexOf('schema:'));
    expect(await checked(await contractShop(none))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('shop.odcs.yaml promises nothing about data'),
    });
  });
});

describe('aegis contract export', () => {
  it('writes rules as a contract that gives the same rules back', async () => {
    const cwd = await contractShop();
    const { code, stderr } = await run(cwd, 'contract', 'export', 'rules', '--output', 'out.odcs.yaml');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        '3 rules: 3 in words of the standard, 0 as they are\nWritten to out.odcs.yaml. Hold data against it: aegis contract check out.odcs.yaml\n',
    });
    const imported = await run(cwd, 'contract', 'import', 'out.odcs.yaml', '--output', 'rules/back.yaml', '--quiet');
    expect(imported.code).toBe(0);
    const listed = async (file: string) => {
      const { stdout } = await run(cwd, 'run', file, '--no-llm', '--format', 'json');
      return (JSON.parse(stdout) as Results).results.map(({ rule_id: id, outcome }) => [id, outcome]).sort();
    };
    expect(await listed('rules/back.yaml')).toEqual(await listed('rules/shop.yaml'));
  });

  it('describes the tables where a warehouse is named', async () => {
    const cwd = await contractShop();
    const { stdout } = await run(cwd, 'contract', 'export', 'rules', '--warehouse', 'duckdb', '--id', 'shop-1');
    expect(stdout).toMatch(/id: shop-1\n/);
    expect(stdout).toMatch(/physicalName: customers\.csv\n {4}physicalType: file\n/);
    expect(stdout).toMatch(/- name: amount\n {8}logicalType: integer\n {8}physicalType: BIGINT\n/);
  });

  it('refuses rules that are none, and files that exist', async () => {
    const cwd = await contractShop();
    expect(await run(cwd, 'contract', 'export', 'gone.yaml')).toMatchObject({ code: 2 });
    const existing = await run(cwd, 'contract', 'export', 'rules', '--output', 'shop.odcs.yaml');
    expect(existing).toMatchObject({ code: 2, stderr: expect.stringMatching(/already exists/) });
  });
});
