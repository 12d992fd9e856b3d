import { bigqueryDialect, duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { renameIdentifiers } from './rename-identifiers.js';

const others: { readonly [name: string]: string } = { amount: 'Net Amount', status: 'state', date: 'day', café: 'bar' };
const rename = (name: string) => others[name.toLowerCase()];

describe('SQL in the words of another table', () => {
  it.each([
    ['amount > 0', '"Net Amount" > 0'],
    ['"amount" > 0 AND other = 1', '"Net Amount" > 0 AND other = 1'],
    [`status = 'amount' OR STATUS IS NULL`, `"state" = 'amount' OR "state" IS NULL`],
    ['amount(1) + t.amount', 'amount(1) + t.amount'],
    [`'it''s amount'`, `'it''s amount'`],
    [`status = e'it\\'s' OR status = 'x'`, `"state" = e'it\\'s' OR "state" = 'x'`],
    ['status = $$its amount$$ OR amount > 0', '"state" = $$its amount$$ OR "Net Amount" > 0'],
    [`date >= DATE '2026-01-01'`, `"day" >= DATE '2026-01-01'`],
    ['CAST(date AS date) = date::date', 'CAST("day" AS date) = "day"::date'],
    ['extract(date FROM date)', 'extract(date FROM "day")'],
    ['café > 0 AND caféamount > 0', '"bar" > 0 AND caféamount > 0'],
    ['amount > 0 -- amount\n AND /* status */ status = 1', '"Net Amount" > 0 -- amount\n AND /* status */ "state" = 1'],
  ])('%s', (sql, expected) => {
    expect(renameIdentifiers(sql, rename, duckdbDialect)).toBe(expected);
  });

  it.each([
    ['status = "amount"', '`state` = "amount"'],
    [`status <> 'it\\'s amount' AND amount > 0`, "`state` <> 'it\\'s amount' AND `Net Amount` > 0"],
    ['`amount` > 0', '`Net Amount` > 0'],
  ])('%s, where names stand in backticks', (sql, expected) => {
    expect(renameIdentifiers(sql, rename, bigqueryDialect)).toBe(expected);
  });
});
