import type { ColumnExpression, Row, ScopedRelation } from '@aegis/spec';
import { countAll } from '@aegis/sql';
import type { PreparedRule } from '../../plan/prepare.js';
import type { StatementRunner } from '../runner.js';
import { type ProbeHandler, targetOf, valuesOnly } from './probe-handler.js';

/** One statement per key set, shared by every rule on those keys. */
export const frequency: ProbeHandler<'frequency'> = {
  shared: () => ({ rows: countAll() }),
  expect: ({ keys }, rule, { keyCounts }) => keyCounts.expect(keySetOf(rule, keys), rule.rule.id),
  own: async ({ keys }, rule, { runner, keyCounts }) => {
    const count = (ruleIds: readonly string[]) => countKeys(targetOf(rule), keys, runner, ruleIds);
    return valuesOnly(await keyCounts.do(keySetOf(rule, keys), count));
  },
  planned: ({ keys }, rule, { strategy }) => {
    const exact = { purpose: 'keys', statement: { kind: 'key_counts', from: targetOf(rule), keys } } as const;
    const hashes = { purpose: 'keys', statement: { kind: 'key_hashes', from: targetOf(rule), keys } } as const;
    return strategy.hashBeforeKeyCounts ? [hashes, { ...exact, conditional: true }] : [exact];
  },
};

const keySetOf = (rule: PreparedRule, keys: readonly ColumnExpression[]): string =>
  JSON.stringify([targetOf(rule), keys.map(({ name }) => name)]);

/** A cheap sound test first where the engine gains by it: as many distinct hashes as rows proves uniqueness. */
const countKeys = async (
  from: ScopedRelation,
  keys: readonly ColumnExpression[],
  runner: StatementRunner,
  ruleIds: readonly string[],
): Promise<Row> => {
  if (runner.warehouse.dialect.strategy.hashBeforeKeyCounts) {
    const { complete: rows, distinct_hashes: hashes } = await runner.row({ kind: 'key_hashes', from, keys }, ruleIds);
    if (String(rows) === String(hashes)) return uniqueKeys(rows ?? null);
  }
  return runner.row({ kind: 'key_counts', from, keys }, ruleIds);
};

const uniqueKeys = (rows: Row[string]): Row => ({
  complete: rows,
  distinct_keys: rows,
  duplicate_keys: '0',
  duplicate_rows: '0',
});
