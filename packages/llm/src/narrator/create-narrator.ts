import type { JsonObject, Narrator, NarratorSession } from '@aegis/spec';
import type { TokenFingerprints } from '../redaction/issued-tokens.js';
import type { Redactor } from '../redaction/redactor.js';
import type { ModelRuntime } from '../runtime/model-runtime.js';
import { ask } from './ask.js';
import { citedText } from './claims.js';
import { oneLine } from './cut.js';
import { causeFactsOf, factsForFix, factsOf } from './facts.js';
import { mappedBack } from './mapped-back.js';
import { maskedSession } from './masked-session.js';
import { classifyPrompt } from './prompts/classify.js';
import { diagnosePrompt } from './prompts/diagnose.js';
import { remediatePrompt } from './prompts/remediate.js';
import { rootCausePrompt } from './prompts/root-cause.js';
import { toldDiagnosis, toldRootCause } from './told.js';
import { withoutCodeFence } from './without-code-fence.js';

export interface NarratorOptions {
  readonly runtime: ModelRuntime;
  /** The run's own, so that a value has the same token in prompts and in reports. */
  readonly redactor: Redactor;
  /** `none` shows the model no rows. Rows are masked in any case. */
  readonly samples: 'none' | 'redacted' | 'full';
}

const longestReason = 1_000;

/**
 * The model half of a run: one question a step and failing rule, about facts with ids. Whatever comes from tables is
 * masked and then fenced as data; whatever comes back is read by schema, and cites only what was given.
 */
export const createNarrator = ({ runtime, redactor, samples }: NarratorOptions): Narrator => {
  const masking = { redactor, showsRows: samples !== 'none' };
  const said = (text: string): string => mappedBack(text, redactor);
  const masked = (session: NarratorSession) => maskedSession(session, redactor);
  return {
    provider: runtime.provider,
    model: runtime.model,
    classify: async (failure, session) => {
      const facts = factsOf(failure, masking);
      const { severity, reason } = await ask(runtime, classifyPrompt, { failure, facts, session: masked(session) });
      return { value: { severity, reason: said(oneLine(reason, longestReason)) }, notes: [] };
    },
    diagnose: async (failure, session) => {
      const facts = factsOf(failure, masking);
      const answer = await ask(runtime, diagnosePrompt, { failure, facts, session: masked(session) });
      const explanation = citedText(answer.explanation, facts);
      const likelyCause = citedText(answer.likely_cause, facts);
      const recommendedAction = citedText(answer.recommended_action, facts);
      return toldDiagnosis(failure.evidence, { explanation, likelyCause, recommendedAction }, said);
    },
    narrateRootCause: async (failure, found, session) => {
      const facts = causeFactsOf(failure, found, masking);
      const { explanation } = await ask(runtime, rootCausePrompt, { failure, facts, session: masked(session) });
      return toldRootCause(found, citedText(explanation, facts), said);
    },
    propose: async (failure, session) => {
      const facts = factsForFix(failure, masking);
      const answer = await ask(runtime, remediatePrompt, { failure, facts, session: masked(session) });
      const caveat = said(oneLine(answer.caveat, longestReason));
      const sql = withoutCodeFence(answer.proposed_sql ?? '');
      if (sql === '') return { value: null, notes: [`The model proposes no fix: ${caveat}`] };
      return { value: { proposed_sql: sql, confidence: answer.confidence, caveat }, notes: [] };
    },
    restore: (text, encode) => redactor.restore(text, encode),
    exportTokens: (text) => ({ ...redactor.exportTokens(text) }),
    begin: (spent, tokens) => {
      for (const each of tokens) redactor.importTokens(fingerprintsOf(each));
      runtime.begin(spent);
    },
  };
};

const fingerprintsOf = (tokens: JsonObject): TokenFingerprints =>
  Object.fromEntries(
    Object.entries(tokens).flatMap(([token, value]) => (typeof value === 'string' ? [[token, value]] : [])),
  );
