import { extended, type Finding } from '../finding.js';

/**
 * A source that changed on the day that a rule began to fail says more than what is found wrong downstream of it; where both
 * name the same source, each says what the other does not know.
 */
export const withChange = (found: Finding | undefined, changed: Finding | undefined): Finding | undefined => {
  if (!changed || !found) return changed ?? found;
  if (found.dataset.id === changed.dataset.id) return sameSource(found, changed);
  if (changed.confidence !== 'high' && found.kind !== 'unknown' && found.confidence !== 'low') return found;
  return {
    ...changed,
    path: extended(found.path.slice(0, 1), changed.path),
    facts: [...changed.facts, ...found.facts],
  };
};

const sameSource = (found: Finding, changed: Finding): Finding => {
  const facts = [...changed.facts, ...found.facts];
  if (found.kind === 'unknown') return { ...changed, facts };
  if (changed.confidence !== 'high') return { ...found, facts };
  const { kind, column } = saysMore(found, changed) ? found : changed;
  return { ...found, kind, column, facts, confidence: 'high' };
};

/** What is known of rows that came late or twice is more than that the source is not what it was. */
const saysMore = (found: Finding, changed: Finding): boolean =>
  changed.column === null
    ? found.kind !== 'source'
    : found.kind === 'late_or_missing_load' && found.column === changed.column;
