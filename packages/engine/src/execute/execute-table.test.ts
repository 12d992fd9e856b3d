import { compileRules } from '@aegis/rules';
import { PlanError, WarehouseError } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { beforeEach, describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { resultOf, runRules, testOptions } from '../__fixtures__/run-rules.js';
import { executeTable } from './execute-table.js';

const isDescribe = (sql: string) => /information_schema|DESCRIBE|duckdb_columns/i.test(sql);
const questions = ({ statements }: BareDuckDb) => statements.filter((sql) => !isDescribe(sql));

let warehouse: BareDuckDb;
beforeEach(async () => {
  warehouse = new BareDuckDb();
  await warehouse.prepare('create table p as select range as id from range(50)');
  await warehouse.prepare(`create table t as
    select range as id, range % 60 as parent, range % 7 as x, case when range < 90 then 'a' end as y from range(100)`);
});

describe('the statements of a table', () => {
  it('are one for any number of row and aggregate rules on the same rows', async () => {
    await runRules(warehouse, {
      a: { logic: { type: 'not_null', column: 'id' } },
      b: { logic: { type: 'between', column: 'x', min_value: 0, max_value: 6 } },
      c: { logic: { type: 'accepted_values', column: 'x', values: [0, 1, 2, 3, 4, 5, 6] } },
      d: { logic: { type: 'mean_between', column: 'x', min_value: 0 } },
      e: { logic: { type: 'row_count', threshold: 1 } },
    });
    expect(questions(warehouse)).toHaveLength(1);
  });

  it('describe the table once', async () => {
    await runRules(warehouse, {
      a: { logic: { type: 'not_null', column: 'id' } },
      b: { logic: { type: 'unique', column: 'id' } },
    });
    expect(warehouse.statements.filter(isDescribe)).toHaveLength(1);
  });

  it('count what describes the table', async () => {
    const { statements, bytesScanned } = await runRules(warehouse, {
      a: { logic: { type: 'column_exists', column: 'id' } },
    });
    expect({ statements, bytesScanned }).toEqual({ statements: 1, bytesScanned: 0 });
    expect(warehouse.statements.filter(isDescribe)).toHaveLength(1);
  });

  it('ask equal expressions once', async () => {
    await runRules(warehouse, {
      a: { logic: { type: 'not_null', column: 'id' } },
      b: { logic: { type: 'null_percentage_below', column: 'id', threshold: 5 } },
      c: { logic: { type: 'row_count', threshold: 1 } },
    });
    const [fused = ''] = questions(warehouse);
    expect(fused.match(/ AS "?m\d+/g)).toHaveLength(2);
  });

  it('are one more for each filter', async () => {
    await runRules(warehouse, {
      a: { logic: { type: 'not_null', column: 'id' } },
      b: { logic: { type: 'not_null', column: 'id' }, scope: { where: 'x > 1' } },
      c: { logic: { type: 'not_null', column: 'x' }, scope: { where: 'x > 1' } },
    });
    expect(questions(warehouse)).toHaveLength(2);
  });

  it('count the keys that several rules share once', async () => {
    const outcome = await runRules(warehouse, {
      a: { logic: { type: 'unique', column: 'id' } },
      b: { logic: { type: 'duplicate_percentage_below', column: 'id', threshold: 5 } },
    });
    const keyStatements = duckdbDialect.strategy.hashBeforeKeyCounts ? 2 : 1;
    expect(questions(warehouse).length).toBeLessThanOrEqual(1 + keyStatements);
    expect(outcome.results.map(({ outcome: each }) => each)).toEqual(['pass', 'pass']);
  });

  it('start beside the scan where the engine runs statements side by side', async () => {
    const dialect = Object.create(duckdbDialect, {
      strategy: { value: { ...duckdbDialect.strategy, sideBySide: true } },
    });
    const atOnce = new BareDuckDb(dialect);
    await atOnce.prepare('create table t as select range as id from range(10)');
    const underWay: number[] = [];
    let open = 0;
    const ask = atOnce.executeSample.bind(atOnce);
    atOnce.executeSample = async (...asked) => {
      underWay.push(++open);
      await Promise.resolve();
      return ask(...asked).finally(() => open--);
    };
    const rules = {
      a: { logic: { type: 'not_null', column: 'id' } },
      b: { logic: { type: 'unique', column: 'id' } },
    };
    const { results } = await runRules(atOnce, rules);
    expect(Math.max(...underWay)).toBe(2);
    expect(results.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  });

  it('are none for samples of keys that counting them came across', async () => {
    const outcome = await runRules(warehouse, { a: { logic: { type: 'unique', column: 'x' } } });
    expect(questions(warehouse)).toHaveLength(2);
    const sample = resultOf(outcome, 'a').sample;
    expect(sample).toHaveLength(5);
    expect(sample[0]).toEqual({ x: '0', occurrences: '15' });
    expect(JSON.stringify(outcome.measurements)).not.toContain('examples');
  });

  it('are one for each foreign key, and samples only for rules that failed', async () => {
    const outcome = await runRules(warehouse, {
      good: { logic: { type: 'not_null', column: 'id' } },
      bad: { logic: { type: 'not_null', column: 'y' } },
      orphans: { logic: { type: 'foreign_key', column: 'parent', reference_table: 'p', reference_column: 'id' } },
    });
    expect(questions(warehouse)).toHaveLength(1 + 1 + 2);
    expect(resultOf(outcome, 'good').sample).toEqual([]);
    expect(resultOf(outcome, 'bad')).toMatchObject({ outcome: 'fail', rows_failed: 10 });
    expect(resultOf(outcome, 'bad').sample).toHaveLength(5);
    expect(resultOf(outcome, 'orphans')).toMatchObject({ outcome: 'fail', failed_by: { keys: 10 } });
  });

  it('fuse the second pass of rules that need one', async () => {
    await runRules(warehouse, {
      a: { logic: { type: 'zscore_outlier', column: 'x' } },
      b: { logic: { type: 'zscore_outlier', column: 'parent' } },
      c: { logic: { type: 'not_null', column: 'x' } },
    });
    expect(questions(warehouse)).toHaveLength(2);
  });

  it('are shared out among the rules so that the shares add up', async () => {
    const outcome = await runRules(warehouse, {
      a: { logic: { type: 'not_null', column: 'id' } },
      b: { logic: { type: 'not_null', column: 'x' } },
      c: { logic: { type: 'unique', column: 'id' } },
    });
    const total = outcome.results.reduce((sum, { statements }) => sum + statements, 0);
    expect(total).toBeCloseTo(outcome.statements, 2);
  });

  it('name the columns of a sample where some hold lists or structures, for dialects that show these otherwise', async () => {
    await warehouse.prepare('create table n as select 1 as id, [1, 2] as l, null::varchar as y');
    const table = { scope: { table: 'n' } };
    const outcome = await runRules(warehouse, { bad: { logic: { type: 'not_null', column: 'y' }, ...table } });
    expect(resultOf(outcome, 'bad').sample).toEqual([{ y: null, id: 1, l: [1, 2] }]);
    expect(questions(warehouse).at(-1)).toContain('SELECT "id", "l", "y" FROM');
    await runRules(warehouse, { bad: { logic: { type: 'not_null', column: 'y' } } });
    expect(questions(warehouse).at(-1)).toContain('SELECT * FROM');
  });

  it('ask for no sample when none is wanted', async () => {
    const outcome = await runRules(warehouse, { bad: { logic: { type: 'not_null', column: 'y' } } }, { sampleRows: 0 });
    expect(questions(warehouse)).toHaveLength(1);
    expect(resultOf(outcome, 'bad').sample).toEqual([]);
  });
});

describe('a rule that cannot be judged', () => {
  it('is an error with the nearest name, found before any scan', async () => {
    const outcome = await runRules(warehouse, { a: { logic: { type: 'not_null', column: 'parnt' } } });
    expect(resultOf(outcome, 'a')).toMatchObject({
      outcome: 'error',
      error: { code: 'plan/missing-column', hint: 'Did you mean "parent"?' },
    });
    expect(questions(warehouse)).toEqual([]);
  });

  it('spoils none of the twenty-nine beside it', async () => {
    await warehouse.prepare(`alter table t add column z varchar default 'abc'`);
    const good = Object.fromEntries(
      Array.from({ length: 29 }, (_, index) => [
        `good_${index}`,
        { logic: { type: 'between', column: 'x', min_value: -index, max_value: 6 } },
      ]),
    );
    const bad = { logic: { type: 'sql_expression', expression: 'cast(z as integer) > 0' } };
    const outcome = await runRules(warehouse, { ...good, bad });
    expect(outcome.results.filter(({ outcome: each }) => each === 'pass')).toHaveLength(29);
    expect(resultOf(outcome, 'bad').outcome).toBe('error');
  });

  it('spoils no other when its SQL cannot be written at all', async () => {
    await warehouse.prepare(`alter table t add column "line\nbreak" integer`);
    const outcome = await runRules(warehouse, {
      good: { logic: { type: 'between', column: 'x', min_value: 0 } },
      bad: { logic: { type: 'between', column: 'line\nbreak', min_value: 0 } },
      bad_keys: { logic: { type: 'unique', column: 'line\nbreak' } },
    });
    expect(outcome.results.map(({ outcome: each, error }) => error?.code ?? each)).toEqual([
      'pass',
      'plan/unsupported',
      'plan/unsupported',
    ]);
  });

  it('does not make a lost connection worse by asking again in halves', async () => {
    const table = {
      table: { kind: 'named', parts: ['t'] },
      kind: 'table',
      columns: [{ name: 'x', type: { kind: 'integer', native: 'INTEGER' } }],
    } as const;
    const fake = new FakeWarehouse({
      dialect: duckdbDialect,
      tables: [table],
      answer: () => {
        throw new WarehouseError('authentication', 'password expired');
      },
    });
    const outcome = await runRules(fake, {
      a: { logic: { type: 'not_null', column: 'x' } },
      b: { logic: { type: 'between', column: 'x', min_value: 0 } },
    });
    expect(fake.statements).toHaveLength(1);
    expect(outcome.results.map(({ error }) => error?.code)).toEqual(Array(2).fill('warehouse/authentication'));
  });

  it('is every rule of a table that cannot be reached', async () => {
    warehouse.connect = async () => {
      throw new WarehouseError('connection', 'no such host');
    };
    const events: string[] = [];
    const outcome = await runRules(
      warehouse,
      { a: { logic: { type: 'not_null', column: 'x' } } },
      { onEvent: ({ type }) => events.push(type) },
    );
    expect(resultOf(outcome, 'a').error?.code).toBe('warehouse/connection');
    expect(events).toEqual(['rule_finished']);
  });

  it('is every rule of a run that was cancelled', async () => {
    const outcome = await runRules(
      warehouse,
      { a: { logic: { type: 'not_null', column: 'x' } } },
      { signal: AbortSignal.abort() },
    );
    expect(resultOf(outcome, 'a')).toMatchObject({ outcome: 'error' });
  });

  it('needs the guard only when it holds SQL', async () => {
    const loadGuard = async () => {
      throw new PlanError('unsupported', 'no guard here');
    };
    const rules = {
      plain: { logic: { type: 'not_null', column: 'x' } },
      sql: { logic: { type: 'sql_expression', expression: 'x >= 0' } },
    };
    const outcome = await runRules(warehouse, rules, { loadGuard });
    expect(resultOf(outcome, 'plain').outcome).toBe('pass');
    expect(resultOf(outcome, 'sql').error?.code).toBe('plan/unsupported');
  });
});

describe('what a run measured', () => {
  it('is kept for every rule that was judged, under a key that its definition is part of', async () => {
    const outcome = await runRules(warehouse, {
      a: { logic: { type: 'row_count', threshold: 1 } },
      b: { logic: { type: 'not_null', column: 'nowhere' } },
    });
    expect(outcome.measurements.map(({ ruleId, state }) => [ruleId, state])).toEqual([['a', { rows: '100' }]]);
  });

  it('puts the columns of the rule first in samples', async () => {
    const outcome = await runRules(warehouse, { bad: { logic: { type: 'not_null', column: 'y' } } });
    expect(Object.keys(resultOf(outcome, 'bad').sample[0] ?? {})).toEqual(['y', 'id', 'parent', 'x']);
  });
});

describe('a rule that compares two tables', () => {
  it.each([
    { type: 'reconcile_row_count', source_table: 'p' },
    { type: 'reconcile_column_sum', column: 'id', source_table: 'p' },
    { type: 'reconcile_key_match', columns: ['id'], source_columns: ['id'], source_table: 'p' },
    { type: 'reconcile_rows', key_columns: ['id'], columns: ['id'], source_table: 'p' },
  ])('does not hold here for want of figures: $type', async (logic) => {
    const { rules } = compileRules([{ metadata: { id: 'a' }, scope: { table: 't' }, logic }]);
    const task = { id: 'w:t', warehouse: 'w', table: 't', rules };
    const outcome = await executeTable(task, warehouse, testOptions);
    expect(resultOf(outcome, 'a')).toMatchObject({ outcome: 'error', error: { code: 'plan/internal' } });
  });
});
