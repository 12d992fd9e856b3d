import type { Case, Finding, Symptom } from './finding.js';

/** Keys whose counterpart was lost on its way into the table that they name. */
export const explainLostKeys = async (_symptom: Symptom, _context: Case): Promise<Finding | undefined> => undefined;
