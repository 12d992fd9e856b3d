import type { TracedDataset } from '@aegis/spec';
import { type JoinKeys, joinsOf } from './join-keys.js';
import type { TraceIndex } from './trace-index.js';
import { turned } from './turned.js';

/** A join read from the rows that are there to the table that is joined to them. */
interface DirectedJoin {
  readonly join: JoinKeys;
  /** Whether rows that find nothing stay. */
  readonly isOptional: boolean;
}

const joinWord =
  /\b(left|right|full)?(?:\s+outer)?\s*\bjoin\s+((?:[\w$]+|"[^"]+"|`[^`]+`)(?:\s*\.\s*(?:[\w$]+|"[^"]+"|`[^`]+`))*)/gi;

/** The joins of a dataset as its SQL writes them: what stands after `JOIN` is joined to what stands before. */
export const directedJoins = (index: TraceIndex, dataset: string): readonly DirectedJoin[] =>
  joinsOf(index, dataset).flatMap((join): readonly DirectedJoin[] => {
    const joined = [...(join.operation.sql ?? '').matchAll(joinWord)].map(([, kind, name = '']) => ({
      isOptional: kind !== undefined,
      parts: name.split('.').map((part) => part.trim().replaceAll(/^["`]|["`]$/g, '')),
    }));
    const right = joined.find(({ parts }) => isNamed(join.right, parts));
    if (right) return [{ join, isOptional: right.isOptional }];
    const left = joined.find(({ parts }) => isNamed(join.left, parts));
    return left ? [{ join: turned(join), isOptional: left.isOptional }] : [{ join, isOptional: true }];
  });

const isNamed = ({ table }: TracedDataset, parts: readonly string[]): boolean =>
  table?.kind === 'named' && table.parts.slice(-parts.length).join('.').toLowerCase() === parts.join('.').toLowerCase();

/** Everything by which an operation finds rows of a dataset, expressions and ranges included. */
export const joinColumnsOf = (index: TraceIndex, dataset: string, joined: string): readonly string[] => [
  ...new Set(
    index
      .rowEdgesOf(dataset)
      .filter(({ subtype, from }) => subtype === 'JOIN' && from.dataset === joined)
      .map(({ from }) => from.column),
  ),
];

/** Whether a step groups: what a join multiplies is counted together again. */
export const isGrouped = (index: TraceIndex, dataset: string): boolean =>
  index.rowEdgesOf(dataset).some(({ subtype }) => subtype === 'GROUP_BY');
