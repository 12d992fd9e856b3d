import type { TracedDataset } from '@aegis/spec';
import type { CauseKind, Fact, Finding, Symptom } from './finding.js';
import type { Workshop } from './trials/remake.js';
import { isMended } from './trials/repair.js';

/** Kinds that blame what a statement does, whenever it runs. */
const blaming: ReadonlySet<CauseKind> = new Set(['transformation', 'join_loss', 'join_fanout', 'filter_loss']);

/** A failure of the table that a workshop makes anew. */
interface Failure {
  readonly symptom: Symptom;
  /** In the workshop. */
  readonly position: number;
  /** That the rule reads first, if any. */
  readonly column: string | null;
}

/**
 * A finding, unless the failure is gone where statements run again over what is there now: then a table is not what they make
 * of it, and none of them is to blame, nor what was only guessed of a source.
 */
export const verifiedFinding = async (
  finding: Finding | undefined,
  failure: Failure,
  workshop: Workshop,
): Promise<Finding | undefined> => {
  const { symptom, position } = failure;
  for (const from of remadeFrom(finding, symptom)) {
    const remade = (await workshop.unchanged(from))?.readings[position];
    if (remade && isMended(remade, symptom.reading)) return notAsMade(from, finding, failure, remade.sql, workshop);
  }
  return finding;
};

/** Steps that have to bring the failure about for the finding to be true. */
const remadeFrom = (finding: Finding | undefined, { dataset }: Symptom): readonly TracedDataset[] => {
  if (!finding || (finding.kind === 'source' && finding.confidence !== 'high')) return [dataset];
  return blaming.has(finding.kind) ? [finding.dataset] : [];
};

const notAsMade = (
  dataset: TracedDataset,
  finding: Finding | undefined,
  { symptom, ...failure }: Failure,
  sql: string | undefined,
  { steps }: Workshop,
): Finding => {
  const isThere = finding?.dataset.id === dataset.id;
  const column = isThere ? finding.column : failure.column;
  const names = steps.get(dataset.id)?.statements.map(({ operation }) => operation.name) ?? [];
  const fact: Fact = {
    kind: 'not_as_made',
    sentence:
      `Made anew of what is there now, by ${[...new Set(names)].join(', ')}, the rule would hold: ${dataset.name} was changed ` +
      'by something that lineage does not know, or is older than what it reads, or its statements do not do the same twice.',
    numbers: { dataset: dataset.name, ...(column !== null && { column }) },
    ...(sql !== undefined && { sql }),
  };
  return {
    ...{ dataset, column, operation: undefined, kind: 'unknown', confidence: 'medium' },
    path: isThere ? finding.path : symptom.path,
    facts: [fact, ...(isThere ? finding.facts.filter(({ kind }) => kind !== 'expression') : [])],
  };
};
