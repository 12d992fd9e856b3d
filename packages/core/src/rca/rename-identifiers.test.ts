import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { renameIdentifiers } from './rename-identifiers.js';

const rename = (name: string) => ({ amount: 'Net Amount', status: 'state' })[name.toLowerCase()];

describe('SQL in the words of another table', () => {
  it.each([
    ['amount > 0', '"Net Amount" > 0'],
    ['"amount" > 0 AND other = 1', '"Net Amount" > 0 AND other = 1'],
    [`status = 'amount' OR STATUS IS NULL`, `"state" = 'amount' OR "state" IS NULL`],
    ['amount(1) + t.amount', 'amount(1) + t.amount'],
    [`'it''s amount'`, `'it''s amount'`],
  ])('%s', (sql, expected) => {
    expect(renameIdentifiers(sql, rename, duckdbDialect)).toBe(expected);
  });
});
