import { builtinTypes, compileRules } from '@aegis/rules';
import type { RuleResult, WarehouseSnapshot } from '@aegis/spec';
import { WarehouseError } from '@aegis/spec';
import { beforeEach, describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { testOptions } from '../__fixtures__/run-rules.js';
import { planRun } from '../plan/plan-run.js';
import type { ExecuteOptions } from '../types.js';
import { executeReconcile } from './execute-reconcile.js';

const isDescribe = (sql: string) => /information_schema/.test(sql);
const questions = ({ statements }: BareDuckDb) => statements.filter((sql) => !isDescribe(sql));

let target: BareDuckDb;
let source: BareDuckDb;
beforeEach(async () => {
  [target, source] = [new BareDuckDb(), new BareDuckDb()];
  for (const side of [target, source]) {
    await side.prepare(
      "create table t as select range as id, 'v' || range as email, range % 7 as amount from range(300)",
    );
    await side.prepare('create table s as select id, email as mail, amount from t');
  }
});

const run = async (
  logic: { readonly type: string; readonly [param: string]: unknown },
  sides = { target, source },
  options: Partial<ExecuteOptions> = {},
): Promise<RuleResult> => {
  const scope = { table: 't', ...(sides.source !== sides.target && { source_warehouse: 'b' }) };
  const { rules } = compileRules([{ metadata: { id: 'r' }, scope, logic: { source_table: 's', ...logic } }]);
  const [rule] = planRun(rules, { types: builtinTypes, defaultWarehouse: 'a' }).reconcile;
  if (!rule) throw new Error('the rule compares two tables');
  const names = { target: 'a', source: 'b' };
  const [result] = (await executeReconcile(rule, sides, names, { ...testOptions, ...options })).results;
  if (!result) throw new Error('the rule has a result');
  return result;
};

/** Each of the two tables is described once. */
const described = 2;

const rows = { type: 'reconcile_rows', key_column: 'id', columns: ['amount'] };
const within = () => ({ target, source: target });

describe('rows of one warehouse', () => {
  it('are compared in one statement', async () => {
    expect(await run(rows, within())).toMatchObject({ outcome: 'pass', statements: described + 1, rows_checked: 300 });
    expect(questions(target)).toHaveLength(1);
  });

  it('are asked again in order where keys repeat, and shown in a third statement', async () => {
    await target.prepare('insert into t values (5, NULL, 100)');
    const result = await run(rows, within());
    expect(result).toMatchObject({
      outcome: 'fail',
      statements: described + 3,
      observed: { missing_in_source: 1, different: 0 },
    });
    expect(result.sample).toMatchObject([{ id: '5', difference: 'missing_in_source', amount: { target: '100' } }]);
  });
});

describe('rows of two warehouses', () => {
  it('are read whole where they are few', async () => {
    await source.prepare('update s set amount = 50 where id = 3');
    const result = await run(rows);
    expect(result).toMatchObject({
      outcome: 'fail',
      statements: described + 4,
      observed: { different: 1, different_in_amount: 1 },
    });
    expect([questions(target).length, questions(source).length]).toEqual([2, 2]);
  });

  it('are shown under the names by which each side may be masked', async () => {
    await source.prepare("update s set mail = 'x' where id = 3");
    const columns = [{ column: 'email', source_column: 'mail' }];
    const { sample } = await run({ ...rows, columns });
    expect(sample).toEqual([{ id: '3', email: { target: 'v3', source: { mail: 'x' } }, difference: 'different' }]);
  });

  it('are read by buckets where they are many', async () => {
    await source.prepare('delete from s where id = 200');
    const bucketLimits = { readWhole: 10 };
    expect(await run(rows, { target, source }, { bucketLimits })).toMatchObject({
      ...{ statements: described + 6, observed: { missing_in_source: 1 } },
      sample: [{ id: '200', difference: 'missing_in_source' }],
    });
    const read = questions(target).at(-1) ?? '';
    expect(read).toMatch(/WHERE mod\(key_hash, 9\) IN \(\d\)/);
  });

  it('that share a bucket in numbers too large to be held are an error with a way out', async () => {
    await source.prepare('delete from s where id = 200');
    const bucketLimits = { readWhole: 10, mostRows: 20, buckets: 2 };
    const { error } = await run(rows, { target, source }, { bucketLimits });
    expect(error).toMatchObject({ code: 'plan/limit', hint: expect.stringContaining('narrow both sides') });
    expect(error?.message).toMatch(/^20 rows or more/);
  });
});

describe('what both sides hold open', () => {
  it('is given back, also when the other side cannot be opened', async () => {
    let open = 0;
    const snapshotOf = (side: BareDuckDb) =>
      Object.assign(side, {
        snapshot: async (): Promise<WarehouseSnapshot> => {
          open += 1;
          const release = async () => {
            open -= 1;
          };
          const { contract, dialect, capabilities, connect } = side;
          const executeScalar = (sql: string) => side.executeScalar(sql);
          const executeSample = (sql: string, limit: number) => side.executeSample(sql, limit);
          const asked = { contract, dialect, capabilities, connect, executeScalar, executeSample } as const;
          return { ...asked, consistency: 'a test', release };
        },
      });
    expect(await run(rows, { target: snapshotOf(target), source: snapshotOf(source) })).toMatchObject({
      outcome: 'pass',
      consistency: 'a test',
    });
    expect(open).toBe(0);
    const closed = Object.assign(new BareDuckDb(), {
      connect: async () => {
        throw new WarehouseError('connection', 'nobody answers');
      },
    });
    const { error } = await run(rows, { target: snapshotOf(target), source: closed });
    expect(error?.message).toBe('source in warehouse "b": nobody answers');
    expect(open).toBe(0);
  });
});
