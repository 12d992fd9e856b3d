import { describe, expect, it } from 'vitest';
import { readSource } from '../source/read-source.js';
import { greatExpectations } from './great-expectations.js';

const read = (value: unknown) => readSource(JSON.stringify(value, null, 2), 'suite.json');

const notNull = { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'id' } };

const convert = (value: unknown, table?: string) => greatExpectations.convert(read(value), { table });

describe('a suite', () => {
  it('of 1.x has names without a prefix, one of 0.x with it', () => {
    const newer = convert({ name: 'orders', expectations: [notNull] }, 'orders');
    const { type, ...rest } = notNull;
    const older = convert(
      { expectation_suite_name: 'orders', expectations: [{ expectation_type: type, ...rest }] },
      'orders',
    );
    expect(older.rules.map(({ document }) => document.logic)).toEqual(
      newer.rules.map(({ document }) => document.logic),
    );
    expect(newer.rules).toMatchObject([{ source: 'orders/1', location: { file: 'suite.json', line: 4 } }]);
  });

  it('has each expectation in one of two lists', () => {
    const unknown = { type: 'expect_the_unexpected', kwargs: {} };
    const { rules, notConverted } = convert({ name: 's', expectations: [notNull, unknown, notNull] }, 'orders');
    expect(rules.map(({ source }) => source).sort()).toEqual(['s/1', 's/3']);
    expect(notConverted).toEqual([
      { source: 's/2', check: 'expect_the_unexpected', reason: 'no rule type is known to mean the same' },
    ]);
  });
});

describe('bad input', () => {
  it('without a table is asked for it', () => {
    expect(() => convert({ name: 's', expectations: [] })).toThrow('does not say which table it is about');
  });

  it.each([
    [{ results: [], success: true, meta: {} }, 'suite.json is a validation result of Great Expectations, not a suite'],
    [{ validation_definitions: [] }, 'suite.json is a checkpoint of Great Expectations, not a suite'],
  ])('%j is named for what it is', (value, message) => {
    expect(greatExpectations.recognise(read(value))).toBe(true);
    expect(() => convert(value, 'orders')).toThrow(message);
  });

  it('is refused at its place', () => {
    const value = { name: 's', expectations: [{ type: 5, kwargs: {} }] };
    expect(() => convert(value, 'orders')).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ location: { file: 'suite.json', line: 5, column: 15 } })],
      }),
    );
  });
});

it.each([
  [{ name: 'x', expectations: [] }, true],
  [{ expectation_suite_name: 'x', expectations: [] }, true],
  [{ apiVersion: 'v3.1.0', kind: 'DataContract' }, false],
  [{ 'checks for orders': [] }, false],
])('recognises its own files: %j', (value, isSuite) => {
  expect(greatExpectations.recognise(read(value))).toBe(isSuite);
});
