import type { Diagnosis, Evidence, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { forFailing } from './failing.js';

/** The facts about each failure that go beyond its result: causes and upstream tables that the rule's author declared. */
export const diagnose = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> =>
  forFailing(results, async (result) => {
    const facts = declaredBy(ports.rules.get(result.rule_id));
    return { ...result, diagnosis: facts.length === 0 ? null : diagnosisOf(facts) };
  });

type Fact = Omit<Evidence, 'id'>;

const diagnosisOf = (facts: readonly Fact[]): Diagnosis => ({
  explanation: 'The rule does not hold; its author wrote down where to look first.',
  likely_cause: null,
  recommended_action: null,
  evidence: facts.map((fact, index) => ({ id: `e${index + 1}`, ...fact })),
});

const declaredBy = (rule: Rule | undefined): readonly Fact[] => {
  const fact = (kind: string, sentence: string): Fact => ({ kind, sentence, numbers: {} });
  return [
    ...(rule?.commonCauses ?? []).map((cause) => fact('declared_cause', `Declared as a common cause: ${cause}`)),
    ...(rule?.upstreamTables ?? []).map((table) => fact('declared_upstream', `Declared as upstream: ${table}`)),
  ];
};
