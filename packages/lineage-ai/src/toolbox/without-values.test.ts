import { expect, it } from 'vitest';
import type { LiveTable } from './located-table.js';
import { withoutValues } from './without-values.js';

const text = { kind: 'text', native: 'VARCHAR' } as const;
const people: LiveTable = {
  liveness: 'live',
  table: { kind: 'named', parts: ['main', 'people'] },
  description: {
    kind: 'table',
    table: { kind: 'named', parts: ['main', 'people'] },
    columns: [
      { name: 'id', type: { kind: 'integer', native: 'INTEGER' } },
      { name: 'last_name', type: text },
    ],
  },
};

const sql = "SELECT CAST(last_name AS INTEGER) AS n FROM people AS p WHERE id > 7 AND last_name <> 'anon'";

it.each([
  [
    `Conversion Error: Could not convert string 'Smith' to INT32`,
    `Conversion Error: Could not convert string '…' to INT32`,
  ],
  ['invalid input syntax for type integer: "Smith"', 'invalid input syntax for type integer: "…"'],
  ['invalid input syntax for type integer: "O\'Neil"', 'invalid input syntax for type integer: "…"'],
  [`The value 'O'Neil' of the type "STRING" cannot be cast`, `The value '…' of the type "…" cannot be cast`],
  ['Bad int64 value: Smith and sons', 'Bad int64 value: …'],
  ['Value cannot be cast to date: Smith', 'Value cannot be cast to date: …'],
  ['Overflow in addition of INT32 (777123 + 7)!', 'Overflow in addition of INT32 (… + 7)!'],
  [`Input: "[Smith"\nLINE 1: ${sql}`, `Input: "…"\nLINE 1: ${sql}`],
])('leaves the value out of %j', (message, told) => {
  expect(withoutValues(message, sql, [people])).toBe(told);
});

it.each([
  'Referenced column "p"."last_name" not found. Candidate bindings: "id", "last_name"',
  "comparison with 'anon' is not possible",
  'column "id" must appear in the GROUP BY clause',
  'the statement took longer than the time it was given',
])('leaves %j as it is', (message) => {
  expect(withoutValues(message, sql, [people])).toBe(message);
});
