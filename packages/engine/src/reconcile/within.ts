import type { Probe } from '@aegis/rules';
import type { Row } from '@aegis/spec';
import type { StatementRunner } from '../execute/runner.js';
import type { Measured } from '../execute/session.js';
import type { PreparedRule } from '../plan/prepare.js';
import { rowPair } from './comparison.js';

/**
 * Rows of two relations of one warehouse, in one statement. Where keys turn out to repeat, each row was joined with each of
 * its key, and a second statement pairs them in the order of their values.
 */
export const compareWithin = async (
  probe: Extract<Probe, { readonly kind: 'row_difference' }>,
  rule: PreparedRule,
  runner: StatementRunner,
): Promise<Measured> => {
  const pair = rowPair(probe, rule);
  const values = await runner.row({ kind: 'row_difference_counts', ...pair }, [rule.rule.id]);
  if (!keysRepeat(values)) return { values, rows: [] };
  const inOrder = { kind: 'row_difference_counts', ...pair, inOrder: true } as const;
  return { values: { ...(await runner.row(inOrder, [rule.rule.id])), in_order: true }, rows: [] };
};

/** More rows came out of the join than went in. */
const keysRepeat = (row: Row): boolean => {
  const complete = (side: 'target' | 'source') => Number(row[`rows_in_${side}`]) - Number(row[`null_in_${side}`]);
  return Number(row.joined_in_target) > complete('target') || Number(row.joined_in_source) > complete('source');
};
