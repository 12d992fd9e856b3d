import type { Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { folderWith, rulesFile } from '../cli/project.js';
import { aegisReport, expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { changed, type OrderTypes, orderCount, orders } from './orders.js';
import { reconcile } from './reconcile.js';
import { counted, openTwoWarehouses, type TwoWarehouses } from './two-warehouses.js';

/** A warehouse on a server, with a table `orders`. */
export interface FarWarehouse {
  readonly warehouse: Warehouse;
  /** How `aegis.yaml` names it. */
  readonly entry: { readonly [option: string]: unknown };
  readonly env: { readonly [name: string]: string };
  close(): Promise<void>;
}

export interface FarSide {
  readonly name: string;
  open(): Promise<FarWarehouse>;
}

const near = {
  duckdb: { integer: 'BIGINT', text: 'VARCHAR', decimal: 'DECIMAL(12, 4)' },
  postgres: { integer: 'bigint', text: 'text', decimal: 'numeric' },
} satisfies { readonly [name: string]: OrderTypes };

const keyMatch = 'type: reconcile_key_match, column: id';
const rowMatch = 'type: reconcile_rows, key_column: id, columns: [label, amount]';
const rowCount = 'type: reconcile_row_count';
const columnSum = 'type: reconcile_column_sum, column: amount';

/** Each rule on a pair that matches and on one that does not. */
const rulesFor = (target: string, source: string): string => {
  const rules = Object.entries({ keys: keyMatch, rows: rowMatch, count: rowCount, sum: columnSum });
  return rulesFile(
    Object.fromEntries(
      ['orders', 'changed'].flatMap((other) =>
        rules.map(([name, logic]) => [`${name}_of_${other}`, ruleFor(target, source, other, logic)]),
      ),
    ),
  );
};

/** The far side has the orders, the near one either table. */
const ruleFor = (target: string, source: string, other: string, logic: string) => {
  const [table, sourceTable] = target === 'far' ? ['orders', other] : [other, 'orders'];
  return {
    scope: `table: ${table}, warehouse: ${target}, source_warehouse: ${source}`,
    logic: `${logic}, source_table: ${sourceTable}`,
  };
};

/** Defines tests of the reconcile rules between that warehouse and DuckDB, and PostgreSQL. */
export const expectReconciled = ({ name, open }: FarSide): void => {
  describe.each(['duckdb', 'postgres'] as const)(`${name} and %s`, (other) => {
    let far: FarWarehouse;
    let two: TwoWarehouses;
    beforeAll(async () => {
      [far, two] = await Promise.all([open(), openTwoWarehouses()]);
      const seed = other === 'duckdb' ? two.seedDuckDb : two.seedPostgres;
      await seed(...orders(near[other]), ...changed(near[other]));
    }, 120_000);
    afterAll(() => Promise.all([far?.close(), two?.close()]), 60_000);

    const run = async (target: string, source: string) => {
      const entry = other === 'duckdb' ? { path: two.path } : { url: '$' + '{env:NEAR_URL}' };
      const cwd = await folderWith({
        'aegis.yaml': JSON.stringify({ warehouses: { far: far.entry, near: { type: other, ...entry } } }),
        'rules.yaml': rulesFor(target, source),
      });
      return aegisReport(['run', 'rules.yaml', '--no-llm', '--history', 'history.db'], {
        cwd,
        env: { ...far.env, NEAR_URL: two.url },
      });
    };

    scenario(
      ['reconcile/rows', 'reconcile/both-sides'],
      'are compared by a run, which lists what differs',
      async () => {
        const finished = await run('far', 'near');
        expectEnd(finished, { code: 1 });
        expect(outcomesOf(finished.report)).toEqual({
          ...{ keys_of_orders: 'pass', rows_of_orders: 'pass', count_of_orders: 'pass', sum_of_orders: 'pass' },
          ...{ keys_of_changed: 'fail', rows_of_changed: 'fail', count_of_changed: 'fail', sum_of_changed: 'fail' },
        });
        const [, , , , keys, rows, count, sum] = finished.report.results;
        expect(keys).toMatchObject({ rows_failed: 5, observed: { missing_in_target: 3, missing_in_source: 2 } });
        expect(new Set(keys?.sample.map(({ id, side }) => `${id} ${side}`))).toEqual(
          new Set([
            ...['7 missing_in_source', '4000 missing_in_source'],
            ...['10001 missing_in_target', '10002 missing_in_target', '10003 missing_in_target'],
          ]),
        );
        expect(rows).toMatchObject({
          rows_failed: 10,
          observed: { different: 5, different_in_label: 1, different_in_amount: 4 },
        });
        expect(rows?.sample).toContainEqual({
          id: '5',
          label: { target: 'item 5', source: 'other' },
          amount: { target: expect.stringMatching(/^5\.1250*$/), source: expect.stringMatching(/^5\.1250*$/) },
          difference: 'different',
        });
        expect(count?.observed).toMatchObject({ target_rows: orderCount, source_rows: orderCount + 1 });
        expect(sum?.outcome).toBe('fail');
      },
    );

    scenario('reconcile/rows', 'are the same the other way round', async () => {
      const finished = await run('near', 'far');
      expectEnd(finished, { code: 1 });
      const [keys, , , , other_keys, rows] = finished.report.results;
      expect(keys).toMatchObject({ outcome: 'pass', rows_checked: orderCount });
      expect(other_keys).toMatchObject({ rows_failed: 5, observed: { missing_in_target: 2, missing_in_source: 3 } });
      expect(rows?.sample).toContainEqual(
        expect.objectContaining({ id: '5', label: { target: 'other', source: 'item 5' } }),
      );
    });

    scenario('reconcile/bytes', 'give checksums of buckets, and the rows of those that differ', async () => {
      const traffic = async (type: string, sourceTable: string) => {
        const [target, source] = [counted(far.warehouse), counted(two[other])];
        const columns =
          type === 'reconcile_rows' ? { key_column: 'id', columns: ['label', 'amount'] } : { column: 'id' };
        const logic = { type, source_table: sourceTable, ...columns };
        const { result } = await reconcile(logic, target.warehouse, source.warehouse);
        return { result, target: target.traffic, source: source.traffic };
      };
      for (const type of ['reconcile_key_match', 'reconcile_rows']) {
        const equal = await traffic(type, 'orders');
        expect(equal.result).toMatchObject({ outcome: 'pass', notes: [] });
        for (const side of [equal.target, equal.source]) {
          expect(side.statements).toHaveLength(2);
          expect(side.rows).toBeLessThan(2 + orderCount / 32);
          expect(side.bytes).toBeLessThan(30_000);
        }
        const different = await traffic(type, 'changed');
        expect(different.result).toMatchObject({ outcome: 'fail', notes: [] });
        for (const side of [different.target, different.source]) {
          expect(side.statements.length).toBeLessThanOrEqual(4);
          expect(side.rows).toBeLessThan(1_200);
          expect(side.bytes).toBeLessThan(100_000);
        }
      }
    });
  });
};
