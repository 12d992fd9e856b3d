import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportContract, importChecks } from '@aegis/contracts';
import { compileRules } from '@aegis/rules';
import * as duckdb from '@aegis/warehouse-duckdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ordersTable } from './orders.js';
import { type ImportedRun, runImported } from './run-imported.js';

/** A condition of the standard on a figure, and whether it holds by SQL written by hand. */
interface Case {
  readonly check: object;
  /** A scalar: true where the data keeps the promise. */
  readonly kept: string;
}

const nulls = 'select count(*) from orders where email is null';
const duplicates = 'select count(id) - count(distinct id) from orders';
const rows = 'select count(*) from orders';

const limits = (metric: object, figure: string): readonly Case[] => [
  { check: { ...metric, mustBe: 0 }, kept: `(${figure}) = 0` },
  { check: { ...metric, mustBe: 3 }, kept: `(${figure}) = 3` },
  { check: { ...metric, mustNotBe: 3 }, kept: `(${figure}) <> 3` },
  { check: { ...metric, mustBeGreaterThan: 1 }, kept: `(${figure}) > 1` },
  { check: { ...metric, mustBeGreaterOrEqualTo: 3 }, kept: `(${figure}) >= 3` },
  { check: { ...metric, mustBeLessThan: 3 }, kept: `(${figure}) < 3` },
  { check: { ...metric, mustBeLessOrEqualTo: 3 }, kept: `(${figure}) <= 3` },
  { check: { ...metric, mustBeBetween: [1, 3] }, kept: `(${figure}) > 1 and (${figure}) < 3` },
  { check: { ...metric, mustBeBetween: [0, 4] }, kept: `(${figure}) > 0 and (${figure}) < 4` },
  { check: { ...metric, mustNotBeBetween: [1, 3] }, kept: `not ((${figure}) > 1 and (${figure}) < 3)` },
];

const percent = (figure: string): string => `select 100.0 * (${figure}) / (${rows})`;

const atEmail: readonly Case[] = [
  ...limits({ metric: 'nullValues' }, nulls),
  { check: { metric: 'nullValues', mustBeLessThan: 12.5, unit: 'percent' }, kept: `(${percent(nulls)}) < 12.5` },
  { check: { metric: 'nullValues', mustBeLessOrEqualTo: 12.5, unit: 'percent' }, kept: `(${percent(nulls)}) <= 12.5` },
  { check: { metric: 'nullValues', mustBeGreaterThan: 12, unit: 'percent' }, kept: `(${percent(nulls)}) > 12` },
  ...limits(
    { metric: 'missingValues', arguments: { missingValues: [null, '', 'N/A'] } },
    `${nulls} or email in ('', 'N/A')`,
  ),
  {
    check: { metric: 'invalidValues', mustBe: 0, arguments: { pattern: '@example[.]org$' } },
    kept: "not exists (select * from orders where not regexp_matches(email, '@example[.]org$'))",
  },
  { check: { type: 'sql', query: 'select count({property}) from ${object}', mustBeBetween: [6, 8] }, kept: 'true' },
  { check: { type: 'sql', query: 'select max({property}) from {object}', mustBe: 'dora@example.org' }, kept: 'true' },
];

const atStatus: readonly Case[] = limits(
  { metric: 'invalidValues', arguments: { validValues: ['paid', 'open'] } },
  "select count(*) from orders where status not in ('paid', 'open')",
);

const atId: readonly Case[] = limits({ metric: 'duplicateValues' }, duplicates);

const atTable: readonly Case[] = [
  ...limits({ metric: 'rowCount' }, rows),
  { check: { metric: 'rowCount', mustBeBetween: [7, 9] }, kept: 'true' },
  { check: { metric: 'rowCount', mustBeBetween: [8, 20] }, kept: 'false' },
  ...limits(
    { metric: 'duplicateValues', arguments: { properties: ['id', 'customer_id'] } },
    'select coalesce(sum(n - 1), 0) from (select count(*) n from orders where id is not null and customer_id is not null group by id, customer_id)',
  ),
];

const numbered = (cases: readonly Case[], where: string) =>
  cases.map(({ check }, index) => ({ id: `${where}-${index}`, ...check }));

const contract = stringify({
  apiVersion: 'v3.1.0',
  kind: 'DataContract',
  id: 'shop',
  version: '1.0.0',
  status: 'active',
  schema: [
    { name: 'customers', properties: [{ name: 'id', logicalType: 'integer' }] },
    {
      name: 'orders',
      quality: numbered(atTable, 'table'),
      properties: [
        { name: 'id', primaryKey: true, logicalType: 'integer', quality: numbered(atId, 'id') },
        { name: 'customer_id', relationships: [{ to: 'customers.id' }] },
        {
          name: 'status',
          logicalType: 'string',
          logicalTypeOptions: { minLength: 4, maxLength: 4 },
          quality: numbered(atStatus, 'status'),
        },
        { name: 'email', quality: numbered(atEmail, 'email') },
        { name: 'total', logicalType: 'number', logicalTypeOptions: { exclusiveMinimum: -5, multipleOf: 0.25 } },
        { name: 'net', logicalType: 'number', logicalTypeOptions: { minimum: 0, maximum: 900 } },
        { name: 'created_on', logicalType: 'date', logicalTypeOptions: { exclusiveMaximum: '2026-02-01' } },
        { name: 'empty_column', required: true },
      ],
    },
  ],
});

let folder: string;
let run: ImportedRun;
const kept = new Map<string, unknown>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-odcs-'));
  const path = join(folder, 'shop.duckdb');
  const warehouse = duckdb.duckdb({ path, access: 'read_write' });
  for (const statement of ordersTable('varchar')) await warehouse.execute?.(statement);
  const all = { table: atTable, id: atId, status: atStatus, email: atEmail };
  for (const [where, cases] of Object.entries(all))
    for (const [index, { kept: sql }] of cases.entries())
      kept.set(`${where}-${index}`, await warehouse.executeScalar(`select ${sql}`));
  await warehouse.close?.();
  run = await runImported({
    text: contract,
    file: 'shop.odcs.yaml',
    warehouse: { type: 'duckdb', path },
    adapter: duckdb,
  });
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const outcomeOf = (source: string) => {
  const id = run.imported.rules.find((rule) => rule.source === source)?.id;
  return run.results.find(({ rule_id: each }) => each === id);
};

describe('a contract on DuckDB', () => {
  it('is converted whole, and every rule of it can be judged', () => {
    expect(run.imported.notConverted).toEqual([]);
    expect(
      run.results.filter(({ outcome }) => outcome === 'error').map(({ rule_id, error }) => [rule_id, error]),
    ).toEqual([]);
  });

  it('is kept exactly where SQL that was written by hand says so', () => {
    const judged = [...kept.keys()].map((id) => {
      const rule = run.imported.rules.find(({ source }) => source.endsWith(`:${id}`));
      return [id, outcomeOf(rule?.source ?? '')?.outcome];
    });
    expect(judged).toEqual([...kept].map(([id, holds]) => [id, holds === true ? 'pass' : 'fail']));
    expect(new Set(kept.values())).toEqual(new Set([true, false]));
  });

  it.each([
    ['orders.id:primary_key', 3],
    ['orders.customer_id:references_customers_id', 1],
    ['orders.status:length', 0],
    ['orders.total:range', 1],
    ['orders.total:multiple_of', 0],
    ['orders.net:range', 0],
    ['orders.created_on:range', 1],
    ['orders.empty_column:required', 8],
  ])('counts in %s %i rows', (source, failed) => {
    expect(outcomeOf(source)).toMatchObject({ outcome: failed === 0 ? 'pass' : 'fail', rows_failed: failed });
  });

  it('comes back the same from rules that were exported, and judges alike', async () => {
    const rules = compileRules(run.imported.rules.map(({ document }) => document)).rules;
    const { text } = exportContract(rules, { id: 'shop' });
    expect(importChecks(text, 'back.yaml').notConverted).toEqual([]);
    await writeFile(join(folder, 'back.odcs.yaml'), text);
    const again = await runImported({
      text,
      file: 'back.odcs.yaml',
      warehouse: { type: 'duckdb', path: join(folder, 'shop.duckdb') },
      adapter: duckdb,
    });
    const outcomes = ({ results }: ImportedRun) =>
      results.map(({ rule_id: id, outcome, rows_failed: failed }) => [id, outcome, failed].join(' ')).sort();
    expect(outcomes(again)).toEqual(outcomes(run));
  }, 120_000);
});
