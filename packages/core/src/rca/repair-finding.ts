import { shortened } from './facts.js';
import type { CauseKind, Confidence, Fact, Finding, Symptom } from './finding.js';
import { pathBetween } from './path-between.js';
import type { TraceIndex } from './trace-index.js';
import { type Candidate, isTurnedFilter } from './trials/candidates.js';
import type { Repair } from './trials/repair.js';

/** What a part of a statement is to blame for, once the rule holds without it. */
const kindOf = ({ kind, rank }: Candidate): CauseKind => {
  if (kind === 'repeat') return 'duplicate_load';
  if (kind === 'filter') return 'filter_loss';
  if (kind === 'join_kind') return 'join_loss';
  if (kind === 'join') return rank > 1 ? 'join_fanout' : 'join_loss';
  return 'transformation';
};

/** The finding that a successful trial is. `failures` is how many rules of the table fail. */
export const repairFinding = (
  { trial, fixes, sql }: Repair,
  symptom: Symptom,
  failures: number,
  index: TraceIndex,
): Finding => {
  const { candidate } = trial;
  const { dataset } = candidate.step;
  return {
    ...{ dataset, column: candidate.column, operation: candidate.operation, kind: kindOf(candidate) },
    path: pathBetween(index, symptom.dataset, dataset),
    facts: [trialFact(candidate, fixes, failures, sql)],
    confidence: confidenceOf(candidate, fixes, failures),
  };
};

/** A negation that stands in the text is more suspicious than one that would have to be put there. */
const confidenceOf = (candidate: Candidate, fixes: number, failures: number): Confidence => {
  if (isTurnedFilter(candidate)) return fixes === failures && failures > 1 ? 'medium' : 'low';
  return candidate.rank <= 3 && fixes * 2 > failures ? 'high' : 'medium';
};

const trialFact = (candidate: Candidate, fixes: number, failures: number, sql: string | undefined): Fact => {
  const [before, after] = [shortened(candidate.before), shortened(candidate.after)];
  const all = failures === 1 ? 'the rule would hold' : `${fixes} of ${failures} failing rules would hold`;
  return {
    kind: 'trial',
    sentence: `If ${candidate.operation.name} had ${after} instead of ${before}, ${all}.`,
    numbers: { dataset: candidate.step.dataset.name, column: candidate.column, before, after, rules_mended: fixes },
    ...(sql !== undefined && { sql }),
  };
};
