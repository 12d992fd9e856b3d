import { maskEvidence, maskFigures, type Redactor } from '@aegis/llm/redaction';
import type { Report, RuleResult } from '@aegis/spec';

/** `none` drops the sample rows, `redacted` masks them; everything else is masked either way. */
export type StoredSamples = 'none' | 'redacted';

/** The report as it may be stored, written and sent. What the user wrote (`expected`, names, descriptions) stays. */
export const redactReport = (report: Report, redactor: Redactor, samples: StoredSamples): Report => ({
  ...report,
  results: report.results.map((result) => redactResult(result, redactor, samples)),
  reconciliation: {
    ...report.reconciliation,
    details: report.reconciliation.details.map((pair) => ({
      ...pair,
      observed: maskFigures(pair.observed, redactor, []),
    })),
  },
  notes: report.notes.map((note) => redactor.text(note)),
});

/** Samples come first: what sensitive columns hold is then known when sentences are masked. */
export const redactResult = (result: RuleResult, redactor: Redactor, samples: StoredSamples): RuleResult => {
  const sample = result.sample.map((row) => redactor.row(row));
  return {
    ...result,
    sample: samples === 'none' ? [] : sample,
    observed: maskFigures(result.observed, redactor, result.columns),
    notes: result.notes.map((note) => redactor.text(note)),
    error: result.error && {
      ...result.error,
      message: redactor.text(result.error.message),
      hint: result.error.hint && redactor.text(result.error.hint),
    },
    ...redactExplanations(result, redactor),
  };
};

const redactExplanations = (
  { diagnosis, root_cause, remediation }: RuleResult,
  redactor: Redactor,
): Pick<RuleResult, 'diagnosis' | 'root_cause' | 'remediation'> => ({
  diagnosis: diagnosis && {
    evidence: diagnosis.evidence.map((item) => maskEvidence(item, redactor)),
    explanation: redactor.text(diagnosis.explanation),
    likely_cause: diagnosis.likely_cause && redactor.text(diagnosis.likely_cause),
    recommended_action: diagnosis.recommended_action && redactor.text(diagnosis.recommended_action),
  },
  root_cause: root_cause && {
    ...root_cause,
    operation: root_cause.operation && redactor.text(root_cause.operation),
    ...(root_cause.explanation && { explanation: redactor.text(root_cause.explanation) }),
    evidence: root_cause.evidence.map((item) => maskEvidence(item, redactor)),
  },
  remediation: remediation && {
    ...remediation,
    proposed_sql: redactor.text(remediation.proposed_sql),
    caveat: redactor.text(remediation.caveat),
  },
});
