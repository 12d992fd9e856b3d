import { duckdbDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { sqlWords } from '../words/sql-words.js';
import { rowCondition } from './row-condition.js';

const read = (condition: unknown, parser?: string) => rowCondition(condition, parser, sqlWords(duckdbDialect));

const sqlOf = (condition: unknown, parser?: string): string | undefined => {
  const found = read(condition, parser);
  return found.kind === 'sql' ? found.sql : undefined;
};

const compare = (name: string, operator: string, parameter: unknown) => ({
  type: 'comparison',
  column: { name },
  operator,
  parameter,
});

it('is all rows where nothing is said', () => {
  expect([undefined, null, ''].map((condition) => read(condition).kind)).toEqual(['all', 'all', 'all']);
});

it('reads the objects of version 1', () => {
  expect(sqlOf(compare('status', '==', "o'brien"))).toBe("status = 'o''brien'");
  expect(sqlOf(compare('Total', '>=', 5))).toBe('"Total" >= 5');
  expect(sqlOf(compare('kind', 'NOT_IN', ['a', 'b']))).toBe("kind not in ('a', 'b')");
  expect(sqlOf({ type: 'nullity', column: { name: 'paid_at' }, is_null: false })).toBe('paid_at is not null');
  expect(
    sqlOf({
      type: 'or',
      conditions: [
        { type: 'and', conditions: [compare('a', '<', 1), compare('b', '!=', 2)] },
        compare('c', '==', true),
      ],
    }),
  ).toBe('((a < 1) and (b <> 2)) or (c = true)');
});

it('reads the language of its own parser', () => {
  expect(sqlOf('col("status")=="paid"', 'great_expectations')).toBe("status = 'paid'");
  expect(sqlOf('col("total") > 10.5', 'great_expectations__experimental__')).toBe('total > 10.5');
  expect(sqlOf("col('paid_at').notNull()", 'great_expectations')).toBe('paid_at is not null');
});

it('takes the text of Spark as SQL', () => {
  expect(sqlOf("status = 'paid' and total > 1", 'spark')).toBe("status = 'paid' and total > 1");
});

it.each([
  ['Python', 'status=="paid" and total > 1', 'pandas', 'its row_condition is written for the parser pandas'],
  [
    'a call',
    'col("a").isin(b)',
    'great_expectations',
    'its row_condition is written for the parser great_expectations',
  ],
  ['a name as value', 'col("a") == b', 'great_expectations', 'its row_condition is not understood'],
  ['an unknown operator', compare('a', '~', 1), undefined, 'its row_condition is not understood'],
  ['an unknown object', { type: 'xor' }, undefined, 'its row_condition is not understood'],
  ['an empty list', compare('a', 'IN', []), undefined, 'its row_condition is not understood'],
])('does not guess at %s', (_, condition, parser, reason) => {
  expect(read(condition, parser)).toEqual({ kind: 'unknown', reason });
});
