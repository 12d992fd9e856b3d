import type { RuleResult, RunEvent } from '@aegis/spec';
import { count } from '../render/amounts.js';

/** How far a run is, counted from its events. */
export class Tally {
  total = 0;
  done = 0;
  /** Tables that are being looked at. */
  readonly active = new Set<string>();
  /** How far comparisons of two warehouses are, by rule. */
  readonly comparisons = new Map<string, string>();
  readonly #byTable = new Map<string, RuleResult[]>();

  add(event: RunEvent): void {
    if (event.type === 'run_started') this.total = event.rules;
    if (event.type === 'table_started') this.active.add(event.table);
    if (event.type === 'table_finished') this.active.delete(event.table);
    if (event.type === 'comparison_progress') this.comparisons.set(event.ruleId, comparisonWords(event));
    if (event.type === 'rule_finished') this.#addResult(event.table, event.result);
  }

  /** `12 rules, 2 failed, 1 error` of one table. */
  table(table: string): string {
    const results = this.#byTable.get(table) ?? [];
    return [count(results.length, 'rule'), ...bad(results)].join(', ');
  }

  /** `2 failed, 1 error`, or nothing. */
  get trouble(): string {
    return bad([...this.#byTable.values()].flat()).join(', ');
  }

  #addResult(table: string, result: RuleResult): void {
    this.done += 1;
    this.comparisons.delete(result.rule_id);
    this.#byTable.set(table, [...(this.#byTable.get(table) ?? []), result]);
  }
}

type Comparison = Extract<RunEvent, { readonly type: 'comparison_progress' }>;

/** `orders_match: 13 of 2000 buckets differ, 2600 rows read`. */
export const comparisonWords = ({ ruleId, step, rows, buckets, differing, rowsRead }: Comparison): string => {
  if (step === 'counted') return `${ruleId}: ${count(rows, 'row')} to compare`;
  const read = rowsRead === 0 ? '' : `, ${count(rowsRead, 'row')} read`;
  return buckets === 0
    ? `${ruleId}: ${count(rowsRead, 'row')} read`
    : `${ruleId}: ${differing} of ${count(buckets, 'bucket')} differ${read}`;
};

const bad = (results: readonly RuleResult[]): readonly string[] => {
  const failed = results.filter(({ outcome }) => outcome === 'fail').length;
  const errors = results.filter(({ outcome }) => outcome === 'error').length;
  return [...(failed > 0 ? [`${failed} failed`] : []), ...(errors > 0 ? [count(errors, 'error')] : [])];
};
