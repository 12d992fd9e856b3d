import type { Evidence, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { forFailing } from './failing.js';

/** The facts of each failure: what was counted, and what the rule's author says commonly causes it. */
export const diagnose = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> =>
  forFailing(results, async (result) => ({
    ...result,
    diagnosis: {
      explanation: explanationOf(result),
      likely_cause: null,
      recommended_action: null,
      evidence: numbered([...countsOf(result), ...declaredBy(ports.rules.get(result.rule_id))]),
    },
  }));

type Fact = Omit<Evidence, 'id'>;

const numbered = (facts: readonly Fact[]): readonly Evidence[] =>
  facts.map((fact, index) => ({ id: `e${index + 1}`, ...fact }));

const explanationOf = ({ description, rule_type, table, columns }: RuleResult): string => {
  const subject = columns.length > 0 ? `${table} (${columns.join(', ')})` : table;
  return `${subject} does not satisfy ${description ? `"${description}"` : rule_type}.`;
};

const countsOf = ({ rows_failed, rows_checked, unit, failed_percent }: RuleResult): readonly Fact[] => {
  if (unit === 'table' || rows_failed === null) return [];
  const share = failed_percent === null ? '' : ` (${failed_percent} %)`;
  const sentence = `${rows_failed} ${unit} of ${rows_checked ?? 'an unknown number of'} rows violate the rule${share}.`;
  return [
    { kind: 'count', sentence, numbers: { failed: rows_failed, checked: rows_checked, percent: failed_percent } },
  ];
};

const declaredBy = (rule: Rule | undefined): readonly Fact[] => {
  const fact = (kind: string, sentence: string): Fact => ({ kind, sentence, numbers: {} });
  return [
    ...(rule?.commonCauses ?? []).map((cause) => fact('declared_cause', `Declared as a common cause: ${cause}`)),
    ...(rule?.upstreamTables ?? []).map((table) => fact('declared_upstream', `Declared as upstream: ${table}`)),
  ];
};
