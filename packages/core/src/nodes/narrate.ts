import type { Failure, Narrator, RuleResult } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';
import { forFailing } from './failing.js';

/** A step that a model adds to the facts. It exists in the graph only when there is a model. */
export type NarrateStep = (
  results: readonly RuleResult[],
  narrator: Narrator,
  ports: RunPorts,
) => Promise<readonly RuleResult[]>;

const narrating =
  (tell: (failure: Failure, narrator: Narrator) => Promise<Partial<RuleResult>>): NarrateStep =>
  (results, narrator, ports) =>
    forFailing(results, async (result) => {
      const rule = ports.rules.get(result.rule_id);
      if (!rule) return result;
      try {
        const failure = { rule, result, evidence: result.diagnosis?.evidence ?? [] };
        return { ...result, ...(await tell(failure, narrator)) };
      } catch (error) {
        const reason = messageOf(error);
        return { ...result, notes: [...result.notes, `The model gave no answer: ${reason}`] };
      }
    });

/** The model's own view of the severity; the heuristic one keeps deciding. */
export const narrateSeverity = narrating(async (failure, narrator) => {
  const view = await narrator.classify(failure);
  return view ? { model_severity: view.severity } : {};
});

export const narrateDiagnosis = narrating(async (failure, narrator) => {
  const diagnosis = await narrator.diagnose(failure);
  return diagnosis ? { diagnosis } : {};
});

export const narrateRootCause = narrating(async (failure, narrator) => {
  const found = failure.result.root_cause;
  const told = found && (await narrator.narrateRootCause(failure, found));
  return told ? { root_cause: told } : {};
});

export const proposeFix = narrating(async (failure, narrator) => {
  if (failure.rule.proposalStrategy === 'none') return {};
  const remediation = await narrator.propose(failure);
  return remediation ? { remediation } : {};
});
