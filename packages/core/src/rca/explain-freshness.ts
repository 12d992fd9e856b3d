import { explainRows } from './explain-rows.js';
import type { Case, Finding, Symptom } from './finding.js';
import { surveyMidnights } from './survey/survey-midnights.js';

/**
 * Data that is too old was not loaded. A newest value in the future is a wrong value like any other, and so are moments of
 * which nothing but the day is left.
 */
export const explainFreshness = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const finding = await explainRows(symptom, context);
  if (!finding || finding.kind === 'unknown' || finding.kind === 'schema_change') return finding;
  const age = symptom.reading.observed.age_seconds;
  if (typeof age === 'number' && age < 0) return finding;
  const isCut = finding.column !== null && (await surveyMidnights(finding.dataset, finding.column, context.lab));
  return isCut ? finding : { ...finding, kind: 'late_or_missing_load' };
};
