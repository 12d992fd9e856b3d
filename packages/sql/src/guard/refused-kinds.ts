import type { GuardReason } from '@aegis/spec';
import { nodeKind, type SqlNode } from '../parse/index.js';
import { piece, type Reading, refusePart } from './reading.js';
import { words } from './words.js';

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
  return refusePart(reading, reason, `${piece(node, reading)} ${what}.`, hint, node);
};
