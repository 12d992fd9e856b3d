import type {
  Diagnosis,
  Evidence,
  Failure,
  JsonObject,
  Narrated,
  Narrator,
  NarratorSession,
  RootCause,
} from '@aegis/spec';
import { fence } from '../prompting/fence.js';
import { ask, type NarratorParts } from './ask.js';
import { Citations, type Claim } from './claims.js';
import { factsOf } from './facts.js';
import { classifyPrompt } from './prompts/classify.js';
import { diagnosePrompt } from './prompts/diagnose.js';
import { remediatePrompt } from './prompts/remediate.js';
import { rootCausePrompt } from './prompts/root-cause.js';

/**
 * The model half of the pipeline over one model. What it is shown of tables is masked and fenced; what it answers is read
 * by a schema, and masked values in it are put back here, except in SQL, which the caller judges first.
 */
export const createNarrator = (parts: NarratorParts): Narrator => {
  const { runtime, redactor } = parts;
  const restore = (text: string) => redactor.restore(text);
  return {
    provider: runtime.provider,
    model: runtime.model,
    async classify(failure, session) {
      const facts = factsOf(failure);
      const { severity, reason } = await ask({ prompt: classifyPrompt, failure, facts, session }, parts);
      return { value: { severity, reason: restore(reason.trim()) }, notes: [] };
    },
    diagnose: (failure, session) => diagnose(failure, session, parts),
    narrateRootCause: (failure, found, session) => narrateRootCause(failure, found, session, parts),
    async propose(failure, session) {
      const details = withoutLineage(failure);
      const facts = factsOf(failure);
      const answer = await ask({ prompt: remediatePrompt, failure: details, facts, session }, parts);
      const { proposed_sql, confidence, caveat } = answer;
      if (proposed_sql === null || proposed_sql.trim() === '') {
        return {
          value: null,
          notes: [`The model proposes no change: ${restore(caveat.trim()) || 'it gave no reason.'}`],
        };
      }
      return { value: { proposed_sql, confidence, caveat: restore(caveat.trim()) }, notes: [] };
    },
    restore: (text, encode) => redactor.restore(text, encode),
    exportTokens: (text) => redactor.exportTokens(text),
    begin(spent, tokens) {
      for (const fingerprints of tokens) redactor.importTokens(textsOf(fingerprints));
      runtime.begin(spent);
    },
  };
};

/** Lineage is shown to a proposal where the rule asks for it (`llm_with_lineage`). */
const withoutLineage = (failure: Failure): Failure =>
  failure.rule.proposalStrategy === 'llm_with_lineage'
    ? failure
    : { ...failure, context: { ...failure.context, upstream: [], downstream: [] } };

const textsOf = (fingerprints: JsonObject): { readonly [token: string]: string } =>
  Object.fromEntries(Object.entries(fingerprints).map(([token, value]) => [token, String(value)]));

const diagnose = async (
  failure: Failure,
  session: NarratorSession,
  parts: NarratorParts,
): Promise<Narrated<Diagnosis>> => {
  const facts = factsOf(failure);
  const answer = await ask({ prompt: diagnosePrompt, failure, facts, session }, parts);
  const citations = new Citations(facts);
  const tell = (claim: Claim) => parts.redactor.restore(citations.tell(claim));
  const words = {
    explanation: tell(answer.explanation),
    likely_cause: answer.likely_cause && tell(answer.likely_cause),
    recommended_action: answer.recommended_action && tell(answer.recommended_action),
  };
  return { value: { ...words, evidence: citations.evidence(failure.evidence) }, notes: citations.notes };
};

const narrateRootCause = async (
  failure: Failure,
  found: RootCause,
  session: NarratorSession,
  parts: NarratorParts,
): Promise<Narrated<RootCause>> => {
  const facts = withEvidence(factsOf(failure), found.evidence);
  const details = `## What the walk along the lineage found\n${fence('root cause', foundText(found))}`;
  const answer = await ask({ prompt: rootCausePrompt, failure, facts, session, details }, parts);
  const citations = new Citations(facts);
  const explanation = parts.redactor.restore(citations.tell(answer.explanation));
  return { value: { ...found, evidence: citations.evidence(found.evidence), explanation }, notes: citations.notes };
};

/** Evidence of the walk under its own ids; of two facts with one id, the walk's stays. */
const withEvidence = (facts: readonly Evidence[], found: readonly Evidence[]): readonly Evidence[] => {
  const ids = new Set(found.map(({ id }) => id));
  return [...found, ...facts.filter(({ id }) => !ids.has(id))];
};

const foundText = ({ dataset, column, operation, kind, path }: RootCause): string =>
  [
    `dataset: ${dataset}`,
    `column: ${column ?? 'not known'}`,
    `kind: ${kind}`,
    `operation: ${operation ?? 'not known'}`,
    `path: ${path.join(' → ') || 'not known'}`,
  ].join('\n');
