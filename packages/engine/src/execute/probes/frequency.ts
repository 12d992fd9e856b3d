import type { Cell, ColumnExpression, Row, ScopedRelation, Statement } from '@aegis/spec';
import { countAll } from '@aegis/sql';
import type { PreparedRule } from '../../plan/prepare.js';
import type { StatementRunner } from '../runner.js';
import { type ProbeHandler, targetOf } from './probe-handler.js';

/** One statement per key set, shared by every rule on those keys. */
export const frequency: ProbeHandler<'frequency'> = {
  shared: () => ({ rows: countAll() }),
  expect: ({ keys }, rule, { keyCounts }) => keyCounts.expect(keySetOf(rule, keys), rule.rule.id),
  own: async ({ keys }, rule, { runner, keyCounts, sampleRows }) => {
    const statement = keyCountsOf(targetOf(rule), keys, sampleRows);
    const { examples, ...counts } = await keyCounts.do(keySetOf(rule, keys), (ruleIds) =>
      countKeys(statement, runner, ruleIds),
    );
    return { values: counts, rows: rowsIn(examples) };
  },
  planned: ({ keys }, rule, { dialect, sampleRows }) => {
    const exact = { purpose: 'keys', statement: keyCountsOf(targetOf(rule), keys, sampleRows) } as const;
    const hashes = { purpose: 'keys', statement: { kind: 'key_hashes', from: targetOf(rule), keys } } as const;
    return dialect.strategy.hashBeforeKeyCounts ? [hashes, { ...exact, conditional: true }] : [exact];
  },
};

type KeyCounts = Extract<Statement, { kind: 'key_counts' }>;

const keyCountsOf = (from: ScopedRelation, keys: readonly ColumnExpression[], examples: number): KeyCounts => ({
  kind: 'key_counts',
  from,
  keys,
  ...(examples > 0 && { examples }),
});

/** Rows in a cell that holds a list of them. */
const rowsIn = (cell: Cell | undefined): readonly Row[] =>
  Array.isArray(cell) ? cell.filter((row): row is Row => typeof row === 'object' && row !== null) : [];

const keySetOf = (rule: PreparedRule, keys: readonly ColumnExpression[]): string =>
  JSON.stringify([targetOf(rule), keys.map(({ name }) => name)]);

/** A cheap sound test first where the engine gains by it: as many distinct hashes as rows proves uniqueness. */
const countKeys = async (statement: KeyCounts, runner: StatementRunner, ruleIds: readonly string[]): Promise<Row> => {
  const { from, keys } = statement;
  if (runner.warehouse.dialect.strategy.hashBeforeKeyCounts) {
    const { complete: rows, distinct_hashes: hashes } = await runner.row({ kind: 'key_hashes', from, keys }, ruleIds);
    if (String(rows) === String(hashes)) return uniqueKeys(rows ?? null);
  }
  return runner.row(statement, ruleIds);
};

const uniqueKeys = (rows: Row[string]): Row => ({
  complete: rows,
  distinct_keys: rows,
  duplicate_keys: '0',
  duplicate_rows: '0',
});
