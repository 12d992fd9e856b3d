import type { GuardReason } from '@aegis/spec';
import { nodeKind, type SqlNode } from '../../parse/index.js';
import type { Reading } from '../skeleton/reading.js';
import { refusePart } from '../skeleton/refuse-part.js';
import { words } from '../text/words.js';

interface Refusal {
  readonly reason: GuardReason;
  readonly what: string;
  readonly hint: string;
}

const inExpression: readonly (readonly [ReadonlySet<string>, Refusal])[] = [
  [
    words('subquery select union intersect except exists values'),
    {
      reason: 'not-expression',
      what: 'is a query',
      hint: 'An expression sees one row: use foreign_key or custom_sql for other tables.',
    },
  ],
  [
    words('window_function aggregate_function within_group filter array_agg string_agg list_agg group_concat'),
    {
      reason: 'forbidden',
      what: 'reads more than one row',
      hint: 'An expression sees one row at a time: use a rule of type custom_sql.',
    },
  ],
  [words('star'), { reason: 'not-expression', what: 'is every column at once', hint: 'Name the column.' }],
  [
    words('alias tuple'),
    { reason: 'not-expression', what: 'is not one value', hint: 'Write one expression without names or commas.' },
  ],
];

const everywhere: readonly (readonly [ReadonlySet<string>, Refusal])[] = [
  [
    words('parameter placeholder session_parameter'),
    { reason: 'forbidden', what: 'is a parameter', hint: 'Write the value as a literal.' },
  ],
  [
    words('insert update delete merge create_table drop_table alter_table truncate copy command'),
    { reason: 'not-select', what: 'changes or runs something', hint: 'A rule only reads: write one SELECT.' },
  ],
  [
    words('method_call'),
    { reason: 'forbidden', what: 'calls a function after a dot', hint: 'Write f(x) in place of x.f().' },
  ],
];

/** The error for a node that is not on the list for its place. */
export const refusedKind = (node: SqlNode, isQuery: boolean, reading: Reading) => {
  const kind = nodeKind(node);
  const known = [...(isQuery ? [] : inExpression), ...everywhere].find(([kinds]) => kinds.has(kind))?.[1];
  const { reason, what, hint } = known ?? {
    reason: 'forbidden',
    what: `is a construct that rules may not use here (${kind})`,
    hint: 'Write it with plain operators and functions.',
  };
  return refusePart(reading, reason, node, what, hint);
};

const partNames: Readonly<Record<string, string>> = {
  locks: 'row locks (FOR UPDATE)',
  into: 'SELECT INTO, which writes a table',
  sample: 'a random sample',
  table_sample: 'a random sample',
  hint: 'a hint',
  hints: 'a hint',
  system_time: 'time travel',
  when: 'time travel',
  version: 'time travel',
};

/** The error for a part that nodes of this kind may not have. */
export const refusedPart = (part: string, node: SqlNode, reading: Reading) => {
  const what = Object.hasOwn(partNames, part)
    ? partNames[part]
    : `a part that rules may not use (${nodeKind(node)}: ${part})`;
  return refusePart(reading, 'forbidden', node, `has ${what}`, 'Leave it out.');
};

export const refusedEmptySelect = ({ refuse }: Reading) =>
  refuse('syntax', 'The SELECT selects nothing.', 'Name what it selects.');
