import type { Report, RuleResult } from '@aegis/spec';

/**
 * The reconciliation part of a report. `sources` names the source table of every rule that compares two tables, by rule
 * id; other results are left out. A pair that could not be judged is listed but counts neither as passed nor as failed.
 */
export const reconciliationOf = (
  results: readonly RuleResult[],
  sources: ReadonlyMap<string, string>,
): Report['reconciliation'] => {
  const details = results.flatMap(({ rule_id, table, outcome, observed }) => {
    const source = sources.get(rule_id);
    return source === undefined ? [] : [{ rule_id, source, target: table, outcome, observed }];
  });
  const passed = details.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn').length;
  const failed = details.filter(({ outcome }) => outcome === 'fail').length;
  return { pairs_checked: passed + failed, pairs_passed: passed, pairs_failed: failed, details };
};
