import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as duckdb from '@aegis/warehouse-duckdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { installPackages } from '../python/install-packages.js';
import { ordersTable } from './orders.js';
import { type ResultOf, resultsOf, runImported } from './run-imported.js';

const installed = await installPackages({
  title: 'Soda',
  packages: ['soda-core-duckdb==3.5.6'],
  python: process.env.AEGIS_TEST_SODA_PYTHON,
});

/** What a rule counts where Soda counts the same. */
type Counted = 'rows' | 'keys';

interface Case {
  readonly check: string;
  readonly config?: object;
  readonly counted?: Counted;
}

const counted = (check: string, config?: object): Case => ({ check, ...(config && { config }), counted: 'rows' });

const cases: readonly Case[] = [
  { check: 'row_count > 0' },
  { check: 'row_count between 9 and 20' },
  { check: 'row_count != 8' },
  counted('missing_count(email) = 0'),
  counted('missing_count(email) = 0', { 'missing values': ['N/A', ''] }),
  counted('missing_count(email) < 2'),
  { check: 'missing_count(email) > 3' },
  { check: 'missing_percent(email) < 12.5' },
  { check: 'missing_percent(email) <= 12.5 %' },
  counted('missing_count(email)', { warn: 'when > 0', fail: 'when > 5' }),
  counted('missing_count(empty_column) = 0'),
  counted('invalid_count(status) = 0', { 'valid values': ['paid', 'open'] }),
  counted('invalid_count(status) = 0', { 'invalid values': ['lost'] }),
  counted('invalid_count(total) = 0', { 'valid min': 0, 'valid max': 100 }),
  counted('invalid_count(email) = 0', { 'valid format': 'email' }),
  counted('invalid_count(email) = 0', { 'valid format': 'email', 'missing values': ['N/A', ''] }),
  counted('invalid_count(email) = 0', { 'valid max length': 10, 'valid min length': 1 }),
  counted('invalid_count(email) < 2', { 'valid regex': '.*@example[.]org' }),
  { check: 'invalid_percent(status) < 30', config: { 'valid values': ['paid', 'open'] } },
  { check: 'invalid_percent(status) < 25', config: { 'valid values': ['paid', 'open'] } },
  { check: 'valid_count(status) >= 5', config: { 'valid values': ['paid', 'open'] } },
  { check: 'duplicate_count(id) = 0', counted: 'keys' },
  { check: 'duplicate_count(id) < 2', counted: 'keys' },
  { check: 'duplicate_count(id, customer_id) = 0', counted: 'keys' },
  { check: 'duplicate_percent(id) < 25' },
  { check: 'duplicate_percent(id) <= 25' },
  { check: 'duplicate_percent(id) = 0' },
  { check: 'avg(total) between 100 and 200' },
  { check: 'avg(total) < 100' },
  { check: 'sum(total) <= 1070.75' },
  { check: 'min(total) >= 0' },
  { check: 'max(total) < 1000' },
  { check: 'max_length(status) = 4' },
  { check: 'stddev(total) < 10' },
  { check: 'avg(total) < 20', config: { filter: "status = 'paid'" } },
  counted('missing_count(email) = 0', { filter: "status = 'paid'" }),
  counted('values in (customer_id) must exist in customers (id)'),
  counted('values in (customer_id) must not exist in blocked (id)'),
  { check: 'row_count same as customers' },
  counted('failed rows', { 'fail condition': 'total < 0' }),
  counted('failed rows', { 'fail query': 'select * from orders where net > total', fail: 'when > 1' }),
  { check: 'paid > 3', config: { 'paid expression': "count(case when status = 'paid' then 1 end)" } },
  { check: 'customers between 5 and 6', config: { 'customers query': 'select count(*) from customers' } },
  { check: 'schema', config: { fail: { 'when required column missing': ['id', 'nothing'] } } },
];

const nameOf = (index: number): string => `check ${index + 1}`;

const checksText = stringify({
  'checks for orders': cases.map(({ check, config }, index) => ({ [check]: { name: nameOf(index), ...config } })),
});

interface SodaCheck {
  readonly name: string;
  readonly outcome: 'pass' | 'warn' | 'fail' | null;
  readonly value: number | null;
}

interface Scan {
  readonly errors: readonly string[];
  readonly checks: readonly SodaCheck[];
}

const scan = async (python: string, folder: string): Promise<Scan> => {
  const [settings, checks, database] = ['settings.json', 'checks.yml', 'shop.duckdb'].map((name) => join(folder, name));
  await writeFile(checks ?? '', checksText);
  await writeFile(settings ?? '', JSON.stringify({ database, checks, statements: ordersTable('varchar') }));
  const script = join(import.meta.dirname, 'soda-scan.py');
  const { stdout } = await promisify(execFile)(python, [script, settings ?? '']);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Scan;
};

const worst = (outcomes: readonly string[]): string | undefined =>
  ['error', 'fail', 'warn', 'pass', 'not_applicable'].find((outcome) => outcomes.includes(outcome));

describe('checks that Soda ran', { timeout: 60_000 }, () => {
  let folder = '';
  let soda: Scan | undefined;
  let results: ResultOf = () => [];

  beforeAll(async () => {
    if ('missing' in installed) return;
    folder = await mkdtemp(join(tmpdir(), 'aegis-soda-'));
    soda = await scan(installed.python, folder);
    const warehouse = { type: 'duckdb', path: join(folder, 'shop.duckdb') };
    results = resultsOf(await runImported({ text: checksText, file: 'checks.yml', warehouse, adapter: duckdb }));
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('had no errors', ({ skip }) => {
    if ('missing' in installed) skip(installed.missing);
    expect(soda?.errors).toEqual([]);
    expect(soda?.checks).toHaveLength(cases.length);
  });

  it.for(cases.map((each, index) => ({ ...each, index })))('$check $config comes out the same', (each, { skip }) => {
    if ('missing' in installed) skip(installed.missing);
    const check = soda?.checks.find(({ name }) => name === nameOf(each.index));
    const found = results(`checks for orders/${each.index + 1}`);
    expect(worst(found.map(({ outcome }) => outcome))).toBe(check?.outcome);
    if (each.counted === undefined) return;
    const counts = found.map((one) => (each.counted === 'keys' ? one.failed_by?.keys : one.rows_failed));
    expect(counts).toEqual([check?.value]);
  });
});
