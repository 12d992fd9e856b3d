import type { RowTest, ScopedRelation, Statement } from '@aegis/spec';
import type { Fact } from './fact.js';
import type { Probe } from './probe.js';
import { countsStatement, splitNumbers } from './segment-facts.js';
import type { Split } from './tail-probability.js';

/** A guess that was right, with its counts and the SQL that gives them; `undefined` for one that was wrong. */
export const probeFact = (
  probe: Probe,
  split: Split,
  { from, test }: { readonly from: ScopedRelation; readonly test: RowTest },
  write: (statement: Statement) => string,
): Fact | undefined => {
  const told = split.segmentFailing === 0 ? undefined : probe.tell(split);
  if (!told) return undefined;
  return {
    kind: told.kind,
    sentence: told.sentence,
    numbers: { ...told.numbers, ...splitNumbers(split) },
    sql: write(countsStatement(from, test, probe)),
  };
};
