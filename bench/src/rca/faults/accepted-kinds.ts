import type { FaultKind, Place } from './fault.js';

/** Which words for a fault are right, and why no others. */
interface Accepted {
  readonly kinds: readonly string[];
  readonly because: string;
}

const inSource: Accepted = { kinds: ['source'], because: 'the values arrive wrong' };
const inStep: Accepted = { kinds: ['transformation'], because: 'the inputs are right and an expression is not' };
const twice: Accepted = { kinds: ['duplicate_load'], because: 'whole rows are there twice' };
const late: Accepted = { kinds: ['late_or_missing_load'], because: 'rows that were due did not come' };

/** Fixed before anything was scored. */
export const acceptedKinds: { readonly [kind in FaultKind]: { readonly [place in Place]: Accepted } } = {
  null_segment: { source: inSource, transformation: inStep },
  wrong_unit: { source: inSource, transformation: inStep },
  duplicate_load: { source: twice, transformation: twice },
  dropped_partition: {
    source: late,
    transformation: {
      kinds: ['late_or_missing_load', 'filter_loss'],
      because: 'the SQL that ran keeps some days only; that a day was due, no statement says',
    },
  },
  changed_join_key: {
    source: {
      kinds: ['source', 'join_loss'],
      because: 'the keys arrive wrong; where rows are lost by it, they are lost in a join',
    },
    transformation: {
      kinds: ['transformation', 'join_loss', 'join_fanout'],
      because: 'the condition of a join is wrong: it may find nothing, too much, or other rows',
    },
  },
  filter_inverted: {
    source: {
      kinds: ['source', 'late_or_missing_load'],
      because: 'rows are missing where nothing upstream can tell whether they were filtered or never came',
    },
    transformation: {
      kinds: ['filter_loss', 'transformation'],
      because: 'a filter loses the rows that it should keep, or keeps what it should lose',
    },
  },
  type_truncation: { source: inSource, transformation: inStep },
  default_value: { source: inSource, transformation: inStep },
  timezone_shift: { source: inSource, transformation: inStep },
  stale_source: { source: late, transformation: late },
  fanout_join: {
    source: {
      kinds: ['source', 'join_fanout', 'duplicate_load'],
      because: 'a key arrives twice; downstream a join multiplies by it',
    },
    transformation: { kinds: ['join_fanout'], because: 'a join finds several rows for one' },
  },
  swapped_columns: { source: inSource, transformation: inStep },
};
