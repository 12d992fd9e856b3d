import { expect, it } from 'vitest';
import { type Draft, refused, sound } from './draft.js';
import { summaryLines } from './summary.js';
import { toConversion } from './to-conversion.js';

const draft = (name: string, table: string, logic: Draft['logic']): Draft => ({
  kind: 'draft',
  source: `${table}/${name}`,
  check: logic.type,
  name,
  severity: 'high',
  description: 'd',
  tags: ['a', 'a'],
  scope: { table },
  logic,
});

const drafts = [
  draft('later', 'orders', { type: 'row_count', threshold: 1 }),
  draft('first', 'customers', { type: 'not_null', column: 'id' }),
  draft('earlier', 'orders', { type: 'not_null', column: 'id' }),
];

it('orders rules by table and id, whatever the order of the drafts', () => {
  const { rules } = toConversion(drafts, [], () => ({}));
  expect(rules.map(({ id }) => id)).toEqual(['first', 'earlier', 'later']);
  expect(toConversion(drafts.toReversed(), [], () => ({})).rules).toEqual(rules);
  expect(rules[0]?.document.metadata.tags).toEqual(['a']);
});

it('turns a rule that no run would take into a reason', () => {
  const empty = sound(draft('odd', 'orders', { type: 'row_count_between', min_value: 2, max_value: 1 }));
  expect(empty).toMatchObject({ kind: 'refused', source: 'orders/odd', reason: expect.stringContaining('max_value') });
});

it('counts every check, and names each that was not converted', () => {
  const left = refused({ source: 'orders/text', check: 'text' }, 'it is text for people', 'Write a rule.');
  expect(summaryLines(toConversion([...drafts, left], ['a note'], () => ({})))).toEqual([
    'note: a note',
    '4 checks: 3 converted, 1 not',
    '  not_null: 2 converted',
    '  row_count: 1 converted',
    '  text: 0 converted, 1 not',
    'Not converted:',
    '  orders/text (text): it is text for people. Write a rule.',
  ]);
});
