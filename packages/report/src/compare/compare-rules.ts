import type { Outcome, RuleResult } from '@aegis/spec';
import { describeResult } from '../describe/describe-result.js';
import type { ChangedAspect, ChangeKind, ComparedCause, RuleChange, RuleState } from './comparison.js';

export interface ComparedRules {
  /** In the order of the later run, then what it no longer has. */
  readonly changes: readonly RuleChange[];
  readonly unchanged: number;
}

/** Pairs the rules of two runs by id, and tells what became of each. */
export const compareRules = (before: readonly RuleResult[], after: readonly RuleResult[]): ComparedRules => {
  const earlier = new Map(keyed(before));
  const later = keyed(after);
  const kept = later.flatMap(([key, result]) => changeOf(earlier.get(key), result) ?? []);
  const laterKeys = new Set(later.map(([key]) => key));
  const removed = [...earlier].filter(([key]) => !laterKeys.has(key)).map(([, result]) => removal(result));
  return { changes: [...kept, ...removed], unchanged: after.length - kept.length };
};

/** Ids with the number of their occurrence, so that a repeated id loses no result. */
const keyed = (results: readonly RuleResult[]): readonly (readonly [string, RuleResult])[] => {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const occurrence = seen.get(result.rule_id) ?? 0;
    seen.set(result.rule_id, occurrence + 1);
    return [`${occurrence}:${result.rule_id}`, result];
  });
};

const changeOf = (before: RuleResult | undefined, after: RuleResult): RuleChange | undefined => {
  if (before === undefined) return { ...blank(after), kind: 'added', after: stateOf(after) };
  const changed = changedAspects(before, after);
  const kind = kindOf(before.outcome, after.outcome) ?? (changed.length > 0 ? 'altered' : undefined);
  if (kind === undefined) return undefined;
  return {
    rule_id: after.rule_id,
    kind,
    changed,
    rows_failed_delta: rowsFailedDelta(before, after),
    before: stateOf(before),
    after: stateOf(after),
  };
};

const removal = (before: RuleResult): RuleChange => ({ ...blank(before), kind: 'removed', before: stateOf(before) });

const blank = ({ rule_id }: RuleResult) => ({
  rule_id,
  changed: [],
  rows_failed_delta: null,
  before: null,
  after: null,
});

/** `undefined` where a rule that is no trouble kept its outcome. */
const kindOf = (before: Outcome, after: Outcome): ChangeKind | undefined => {
  if (after === 'fail') return before === 'fail' ? 'still_failing' : 'newly_failing';
  if (after === 'error') return before === 'error' ? 'still_errored' : 'newly_errored';
  if (before === after) return undefined;
  return before === 'fail' && after !== 'not_applicable' ? 'fixed' : 'outcome_changed';
};

const changedAspects = (before: RuleResult, after: RuleResult): readonly ChangedAspect[] => {
  const differs: readonly (readonly [ChangedAspect, boolean])[] = [
    ['outcome', before.outcome !== after.outcome],
    ['rows_failed', after.outcome === 'fail' && before.outcome === 'fail' && !failsAlike(before, after)],
    ['severity', before.severity !== after.severity || raised(before, after)],
    ['root_cause', after.outcome === 'fail' && before.outcome === 'fail' && !hasSameCause(before, after)],
    ['table', before.table !== after.table],
    ['rule_type', before.rule_type !== after.rule_type],
    ['warehouse', before.warehouse !== after.warehouse],
  ];
  return differs.filter(([, isDifferent]) => isDifferent).map(([aspect]) => aspect);
};

const failsAlike = (before: RuleResult, after: RuleResult): boolean =>
  before.rows_failed === after.rows_failed && before.unit === after.unit;

/** The share of failing rows raises a severity: of a rule that failed only once, that is no news beside its outcome. */
const raised = (before: RuleResult, after: RuleResult): boolean =>
  before.outcome === after.outcome && before.effective_severity !== after.effective_severity;

const hasSameCause = (before: RuleResult, after: RuleResult): boolean =>
  JSON.stringify(causeOf(before)) === JSON.stringify(causeOf(after));

const causeOf = ({ root_cause: cause }: RuleResult): ComparedCause | null =>
  cause && { dataset: cause.dataset, column: cause.column, operation: cause.operation, kind: cause.kind };

const rowsFailedDelta = (before: RuleResult, after: RuleResult): number | null =>
  before.unit !== after.unit || before.rows_failed === null || after.rows_failed === null
    ? null
    : after.rows_failed - before.rows_failed;

const stateOf = (result: RuleResult): RuleState => ({
  rule_type: result.rule_type,
  table: result.table,
  columns: result.columns,
  warehouse: result.warehouse,
  outcome: result.outcome,
  severity: result.severity,
  effective_severity: result.effective_severity,
  rows_failed: result.rows_failed,
  unit: result.unit,
  failed_percent: result.failed_percent,
  location: result.location,
  finding: describeResult(result),
  root_cause: causeOf(result),
});
