import { explainRows } from './explain-rows.js';
import type { Case, Finding, Symptom } from './finding.js';

/** Data that is too old was not loaded; a newest value in the future is a wrong value like any other. */
export const explainFreshness = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const finding = await explainRows(symptom, context);
  const age = symptom.reading.observed.age_seconds;
  if (!finding || finding.kind === 'unknown' || finding.kind === 'schema_change') return finding;
  return typeof age === 'number' && age < 0 ? finding : { ...finding, kind: 'late_or_missing_load' };
};
