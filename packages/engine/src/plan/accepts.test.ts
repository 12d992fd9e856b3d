import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { checkComparable } from './accepts.js';

const column = (native: string) => ({ name: 'k', type: duckdbDialect.columnType(native) });
const compared = (left: string, right: string) => () => checkComparable(column(left), column(right));

describe('columns that are compared', () => {
  it.each([
    ['INTEGER', 'BIGINT'],
    ['BIGINT', 'DECIMAL(38,10)'],
    ['DECIMAL(9,2)', 'DECIMAL(18,4)'],
    ['DECIMAL(38,10)', 'DECIMAL(38,10)'],
    ['HUGEINT', 'DECIMAL(38,0)'],
    ['DOUBLE', 'DECIMAL(38,10)'],
    ['DATE', 'TIMESTAMP'],
  ])('may be %s and %s', (left, right) => {
    expect(compared(left, right)).not.toThrow();
    expect(compared(right, left)).not.toThrow();
  });

  it.each([
    ['VARCHAR', 'INTEGER'],
    ['DATE', 'TIMESTAMP WITH TIME ZONE'],
  ])('may not be %s and %s', (left, right) => {
    expect(compared(left, right)).toThrow('they cannot be compared');
  });

  it.each([
    ['DECIMAL(38,10)', 'DECIMAL(38,0)'],
    ['HUGEINT', 'DECIMAL(38,10)'],
    ['BIGINT', 'DECIMAL(38,30)'],
  ])('may not be %s and %s, since engines would round fractions away', (left, right) => {
    expect(compared(left, right)).toThrow('together they need more than 38 digits');
    expect(compared(right, left)).toThrow('together they need more than 38 digits');
  });
});
