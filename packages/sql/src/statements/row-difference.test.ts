import type { ColumnExpression, ComparedColumns, RowPair } from '@aegis/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { duckdbDialect } from '../dialects/duckdb.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';

let duckdb: TestDuckDb;
beforeEach(async () => {
  duckdb = await openDuckDb();
});
afterEach(() => duckdb.close());

const column = (name: string, native: string): ColumnExpression => ({
  kind: 'column',
  name,
  type: duckdbDialect.columnType(native),
});

const pairOf = async (native: string, compared: Partial<ComparedColumns>, target: string, source: string) => {
  for (const [name, values] of [
    ['t', target],
    ['s', source],
  ]) {
    await duckdb.rows(`CREATE TABLE ${name} (id INTEGER, v ${native})`);
    if (values) await duckdb.rows(`INSERT INTO ${name} VALUES ${values}`);
  }
  const table = (name: string) => ({ table: { kind: 'named' as const, parts: [name] } });
  const value: ComparedColumns = {
    target: column('v', native),
    source: column('v', native),
    form: { kind: 'text' },
    ...compared,
  };
  const keys = [column('id', 'INTEGER')];
  return {
    target: table('t'),
    targetKeys: keys,
    source: table('s'),
    sourceKeys: keys,
    values: [value],
  } satisfies RowPair;
};

const countsOf = async (pair: RowPair) => {
  const [row] = await duckdb.rows(duckdbDialect.statement({ kind: 'row_difference_counts', ...pair }));
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
};

const differentOf = async (native: string, compared: Partial<ComparedColumns>, target: string, source: string) =>
  (await countsOf(await pairOf(native, compared, target, source))).different;

describe('rows that are compared within DuckDB', () => {
  it('are missing, different or the same; NULL is the same as NULL, and NULL keys are counted apart', async () => {
    const target = "(1, 'a'), (2, 'b'), (3, NULL), (4, NULL), (5, 'x'), (NULL, 'n')";
    const source = "(1, 'a'), (2, 'c'), (3, NULL), (4, 'd'), (6, 'y')";
    expect(await countsOf(await pairOf('VARCHAR', {}, target, source))).toEqual({
      ...{ missing_in_target: 1, missing_in_source: 1, different: 2, different_0: 2 },
      ...{ joined_in_target: 5, joined_in_source: 5, null_in_target: 1, null_in_source: 0 },
      ...{ rows_in_target: 6, rows_in_source: 5 },
    });
  });

  it('tell by the joined rows when keys repeat, and pair these in order', async () => {
    const pair = await pairOf('VARCHAR', {}, "(1, 'a'), (1, 'b'), (1, 'b')", "(1, 'b'), (1, 'a')");
    expect((await countsOf(pair)).joined_in_target).toBe(6);
    expect(await countsOf({ ...pair, inOrder: true })).toMatchObject({
      ...{ missing_in_target: 0, missing_in_source: 1, different: 0, joined_in_target: 3, joined_in_source: 2 },
    });
  });

  it.each([
    ['DECIMAL(9,2)', '1.00', '1.10', '0.1', 0],
    ['DECIMAL(9,2)', '1.00', '1.11', '0.1', 1],
    ['INTEGER', '-2147483648', '2147483647', '4294967295', 0],
    ['INTEGER', '-2147483648', '2147483647', '4294967294', 1],
  ])('may differ by a tolerance: %s %s and %s by %s', async (native, target, source, tolerance, different) => {
    const compared = { form: { kind: 'number' }, tolerance } as const;
    expect(await differentOf(native, compared, `(1, ${target})`, `(1, ${source})`)).toBe(different);
  });

  it('treat special floats as themselves whatever the tolerance', async () => {
    const compared = { form: { kind: 'double' }, tolerance: '1000' } as const;
    const target = "(1, 'NaN'), (2, 'Infinity'), (3, 'Infinity'), (4, 'NaN'), (5, NULL), (6, -0.0)";
    const source = "(1, 'NaN'), (2, 'Infinity'), (3, '-Infinity'), (4, 5), (5, 0), (6, 0.0)";
    expect(await differentOf('DOUBLE', compared, target, source)).toBe(3);
  });

  it('may differ by seconds', async () => {
    const compared = { form: { kind: 'instant' }, tolerance: '1.5' } as const;
    const target = "(1, '2026-01-01 00:00:00'), (2, '2026-01-01 00:00:00'), (3, 'infinity')";
    const source = "(1, '2026-01-01 00:00:01.5'), (2, '2026-01-01 00:00:01.500001'), (3, 'infinity')";
    expect(await differentOf('TIMESTAMP', compared, target, source)).toBe(1);
  });

  it('may be rounded first', async () => {
    const compared = { form: { kind: 'double', digits: 1 } } as const;
    expect(
      await differentOf('DOUBLE', compared, '(1, 0.25), (2, 0.31), (3, NULL)', '(1, 0.3), (2, 0.36), (3, 0)'),
    ).toBe(2);
  });

  it('are shown with both sides, the kinds of difference by turns', async () => {
    const pair = await pairOf('VARCHAR', {}, "(1, 'a'), (2, 'b'), (8, 'p')", "(1, 'x'), (2, 'y'), (9, 'q')");
    const rows = await duckdb.rows(duckdbDialect.statement({ kind: 'row_difference_rows', limit: 3, ...pair }));
    expect(rows).toEqual([
      { difference: 'different', k0: 1, t0: 'a', s0: 'x' },
      { difference: 'missing_in_source', k0: 8, t0: 'p', s0: null },
      { difference: 'missing_in_target', k0: 9, t0: null, s0: 'q' },
    ]);
  });
});
