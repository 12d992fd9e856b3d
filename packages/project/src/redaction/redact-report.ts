import type { Redactor } from '@aegis/llm/redaction';
import type { Evidence, JsonObject, JsonValue, Report, RuleResult } from '@aegis/spec';

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
      observed: redactFigures(pair.observed, redactor, []),
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
    observed: redactFigures(result.observed, redactor, result.columns),
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
    evidence: diagnosis.evidence.map((item) => redactEvidence(item, redactor)),
    explanation: redactor.text(diagnosis.explanation),
    likely_cause: diagnosis.likely_cause && redactor.text(diagnosis.likely_cause),
    recommended_action: diagnosis.recommended_action && redactor.text(diagnosis.recommended_action),
  },
  root_cause: root_cause && {
    ...root_cause,
    operation: root_cause.operation && redactor.text(root_cause.operation),
    evidence: root_cause.evidence.map((item) => redactEvidence(item, redactor)),
  },
  remediation: remediation && {
    ...remediation,
    proposed_sql: redactor.text(remediation.proposed_sql),
    caveat: redactor.text(remediation.caveat),
  },
});

/** The numbers come first: they hold the values that sentence and SQL repeat. */
const redactEvidence = (evidence: Evidence, redactor: Redactor): Evidence => {
  const { column } = evidence.numbers;
  const numbers = redactFigures(evidence.numbers, redactor, typeof column === 'string' ? [column] : []);
  return {
    ...evidence,
    numbers,
    sentence: redactor.text(evidence.sentence),
    ...(evidence.sql !== undefined && { sql: redactor.text(evidence.sql) }),
  };
};

const isFigure = (text: string): boolean =>
  /^[+-]?\d+(\.\d+)?$/.test(text) || /^\d{4}-\d{2}-\d{2}([ T][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text);

/** Figures about `columns`: texts are values of those columns, numbers and dates are kept. */
const redactFigures = (figures: JsonObject, redactor: Redactor, columns: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [
      key,
      key === 'column' ? value : redactFigure(key, value, redactor, columns),
    ]),
  );

const redactFigure = (key: string, value: JsonValue, redactor: Redactor, columns: readonly string[]): JsonValue => {
  if (typeof value === 'string')
    return isFigure(value) ? redactor.value(value) : redactAs(key, value, redactor, columns);
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactFigure(key, item, redactor, columns));
  if (typeof value === 'object' && value !== null) {
    const inner: JsonObject = Object.fromEntries(Object.entries(value));
    return redactFigures(inner, redactor, columns);
  }
  return value;
};

/** Masked by the first of the columns whose name calls for it, else by the key, else by form. */
const redactAs = (key: string, value: string, redactor: Redactor, columns: readonly string[]): JsonValue => {
  for (const column of columns) {
    const masked = redactor.cell(column, value);
    if (masked !== value) return masked;
  }
  return redactor.cell(key, value);
};
