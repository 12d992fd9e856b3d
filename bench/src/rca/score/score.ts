import { acceptedKinds } from '../faults/accepted-kinds.js';
import type { Truth } from '../faults/fault.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { ProductAnswer } from '../run/product.js';
import { type Answer, answerOf } from './answer.js';
import { carriedNames } from './carried-names.js';
import { failingIn } from './failing.js';
import { fullName } from './full-name.js';
import { namesSegment } from './names-segment.js';

/** What was right; `null` where the truth has nothing that could be. Column and kind of another table are wrong. */
export interface Marks {
  readonly table: boolean;
  readonly table_in_three: boolean;
  readonly column: boolean | null;
  readonly kind: boolean;
  readonly segment: boolean | null;
}

export interface Score {
  readonly answer: Answer;
  readonly marks: Marks;
  /** Failing rules whose own cause names the table. */
  readonly rules_right: number;
}

export const scoreOf = (pipeline: Pipeline, truth: Truth, { report }: ProductAnswer): Score => {
  const answer = answerOf(report);
  const failing = failingIn(report);
  const isTable = (name: string | null | undefined) => name != null && fullName(pipeline, name) === truth.table;
  const { segment } = truth;
  const marks: Marks = {
    table: isTable(answer.dataset),
    table_in_three: answer.candidates.some(isTable),
    column: truth.columns.length === 0 ? null : isTable(answer.dataset) && isOneOf(truth.columns, answer.column),
    kind: isTable(answer.dataset) && acceptedKinds[truth.kind][truth.place].kinds.includes(answer.kind ?? ''),
    segment:
      segment && namesSegment(failing, { ...truth, segment }, carriedNames(pipeline, truth.table, segment.column)),
  };
  return { answer, marks, rules_right: failing.filter(({ root_cause }) => isTable(root_cause?.dataset)).length };
};

const isOneOf = (columns: readonly string[], named: string | null): boolean =>
  columns.some((column) => column.toLowerCase() === named?.toLowerCase());
