import { changeTarget } from '@aegis/engine';
import { GuardError, PlanError, type Rule } from '@aegis/spec';
import type { RunPorts } from '../ports.js';

/**
 * The SQL of a model, with the values that were masked back in it, as it may be shown to people.
 * @throws GuardError for all but one statement that changes rows of the rule's own table
 */
export const judgeProposal = async (sql: string, rule: Rule, ports: RunPorts): Promise<string> => {
  const { narrator, loadGuard, warehouseOf } = ports;
  const guard = await loadGuard();
  if (!guard.fix) throw new PlanError('unsupported', 'the guard that was given judges no fixes');
  const fixed = guard.fix(sql, warehouseOf(rule).dialect, (text, encode) => narrator?.restore?.(text, encode) ?? text);
  requireTarget(fixed.target, rule);
  requireWhole(fixed.sql);
  return fixed.sql;
};

const requireTarget = (target: readonly string[], { scope }: Rule): void => {
  const own = changeTarget(scope.table);
  if (own.join('\u0000').toLowerCase() === target.join('\u0000').toLowerCase()) return;
  throw new GuardError('forbidden', `It changes ${target.join('.')}, not ${own.join('.')}.`);
};

/** A token in a literal would be taken for the value. */
const requireWhole = (sql: string): void => {
  const [token] = /<[a-z]+:\d+>/.exec(sql) ?? [];
  if (token === undefined) return;
  throw new GuardError('forbidden', `It names ${token}, which stands for a value that is not known any more.`);
};
