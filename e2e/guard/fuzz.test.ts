import { loadGuard, type SqlGuard } from '@aegis/sql/guard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialectName } from '../../packages/sql/src/guard/__fixtures__/dialects.js';
import { type Engines, openEngines } from './engines/index.js';
import { expectSound } from './expect-sound.js';
import { findingsOn } from './findings.js';
import { fuzz, statementOf } from './fuzz.js';

const statements = 5_000;
const timeoutMs = 300_000;

let guard: SqlGuard;
let open: Engines;
beforeAll(async () => {
  guard = await loadGuard();
  open = await openEngines();
});
afterAll(() => open.close());

describe('generated statements', () => {
  it('reach nothing out of scope, on real engines, when the guard lets them pass', { timeout: timeoutMs }, async () => {
    const report = await expectSound({ ...open, guard, from: 20_261_128, count: statements }, open);
    expect(report.passed).toBeGreaterThan(statements / 3);
    expect(report.answered).toBeGreaterThan(report.rejected * 4);
  });

  it('are the same for the same number', () => {
    const texts = () => Array.from({ length: 50 }, (_, number) => statementOf(number, open.planted).sql);
    expect(texts()).toEqual(texts());
  });
});

describe('a guard with a hole', () => {
  it('is found out by what each engine shows', { timeout: timeoutMs }, async () => {
    const holed: SqlGuard = { ...guard, read: (sql) => ({ sql, tables: [] }) };
    const { findings } = await fuzz({ ...open, guard: holed, from: 0, count: 1_000 });
    const kindsOn = (dialect: DialectName): readonly string[] => [
      ...new Set(
        findings.filter((found) => found.dialect === dialect).map(({ what }) => what.replace(/(?::| reads) .*/s, '')),
      ),
    ];
    const both = ['an answer or an error holds a planted value', 'it answers otherwise where secrets are', 'it'];
    expect(kindsOn('duckdb')).toEqual(expect.arrayContaining(both));
    expect(kindsOn('postgres')).toEqual(expect.arrayContaining(both));
    for (const dialect of ['bigquery', 'databricks', 'athena'] as const) expect(kindsOn(dialect)).toEqual(['it']);
  });

  it.each([
    ['duckdb', "insert into ledger values (2, 'x')"],
    ['duckdb', 'create table stolen as select * from orders'],
    ['postgres', 'with gone as (delete from ledger returning v) select count(*) from gone'],
    ['postgres', 'select * into stolen from orders'],
    ['postgres', "select setval('numbers', 7)"],
  ] as const)('that lets a change pass is found out on %s: %s', async (dialect, sql) => {
    const { what } = await findingsOn(sql, dialect, open.engines[dialect]);
    expect(what).toContain('it changed something');
  });

  it.each([
    ['duckdb', 'select exists (select 1 from secret)'],
    ['postgres', 'select exists (select 1 from secret)'],
    ['duckdb', "select count(*) from query_table('secret')"],
    ['postgres', "select length(query_to_xml('select v from secret', true, true, '')::text)"],
  ] as const)('that tells no value but only whether there is one is found out on %s: %s', async (dialect, sql) => {
    const { what } = await findingsOn(sql, dialect, open.engines[dialect]);
    expect(what).toContainEqual(expect.stringContaining('otherwise where secrets are'));
  });
});
