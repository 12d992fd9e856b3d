import type { Evidence, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { forFailing } from './failing.js';

/** The facts about each failure that go beyond its counts: causes and upstream tables that the rule's author declared. */
export const diagnose = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> =>
  forFailing(results, async (result) => ({
    ...result,
    diagnosis: {
      explanation: explanationOf(result),
      likely_cause: null,
      recommended_action: null,
      evidence: numbered(declaredBy(ports.rules.get(result.rule_id))),
    },
  }));

type Fact = Omit<Evidence, 'id'>;

const numbered = (facts: readonly Fact[]): readonly Evidence[] =>
  facts.map((fact, index) => ({ id: `e${index + 1}`, ...fact }));

const explanationOf = ({ description, rule_type, unit, rows_failed, rows_checked }: RuleResult): string => {
  const promise = description ?? rule_type;
  if (unit === 'table' || rows_failed === null) return `The table does not keep: ${promise}`;
  return `${rows_failed} ${unit} among ${rows_checked ?? 'an unknown number of'} rows do not keep: ${promise}`;
};

const declaredBy = (rule: Rule | undefined): readonly Fact[] => {
  const fact = (kind: string, sentence: string): Fact => ({ kind, sentence, numbers: {} });
  return [
    ...(rule?.commonCauses ?? []).map((cause) => fact('declared_cause', `Declared as a common cause: ${cause}`)),
    ...(rule?.upstreamTables ?? []).map((table) => fact('declared_upstream', `Declared as upstream: ${table}`)),
  ];
};
