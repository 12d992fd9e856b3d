import { Redactor } from '@aegis/llm/redaction';
import { expect, it } from 'vitest';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import { tableFacts } from './table-facts.js';

const column = (name: string, changes: Partial<ColumnProfile>): ColumnProfile => ({
  ...{ name, kind: 'text', native: 'VARCHAR', nonNull: 100, values: [], examples: [] },
  ...changes,
});

const profile = (...columns: readonly ColumnProfile[]): TableProfile => ({
  description: { table: { kind: 'named', parts: ['orders'] }, kind: 'table', columns: [] },
  ...{ rows: 100, columns, notes: [], statements: 2, bytesScanned: null },
});

const columns = [
  column('amount', {
    kind: 'decimal',
    native: 'DECIMAL(9,2)',
    nonNull: 98,
    min: '1.50',
    max: '99',
    mean: '12.3456789',
    stddev: '3',
  }),
  column('state', {
    distinct: 2,
    values: [
      { value: 'open', rows: 90 },
      { value: 'ann@example.com', rows: 10 },
    ],
  }),
  column('name', { distinct: 2, values: [{ value: 'Ann Miller', rows: 100 }], examples: ['Ann Miller'] }),
  column('note', { blank: 3, examples: ['x'.repeat(70), 'a "b"', 'c', 'd', 'e', 'f'] }),
];

const facts = (showsValues: boolean, ...some: readonly ColumnProfile[]): string => {
  const redactor = new Redactor({ maskColumns: [], keepColumns: [] }, { scrub: (text) => text });
  return tableFacts('orders', profile(...some), { redactor, showsValues, isPersonal: (name) => name === 'name' });
};

it('says what was measured, with personal values masked or left out', () => {
  expect(facts(true, ...columns)).toBe(`Table orders: 100 rows
- amount (DECIMAL(9,2)): 2 NULL, "1.50" to "99", mean 12.3457, standard deviation 3
- state (VARCHAR): no NULL, 2 different values, values "open" (90), "<email:1>" (10)
- name (VARCHAR): no NULL, 2 different values, values are personal and not shown
- note (VARCHAR): no NULL, 3 blank, e.g. "${'x'.repeat(60)}…", "a \\"b\\"", "c", "d", "e"`);
});

it('holds no value at all where samples are not to leave', () => {
  const text = facts(false, ...columns);
  expect(text).toContain('- state (VARCHAR): no NULL, 2 different values\n');
  expect(text).not.toMatch(/open|1\.50|email|Ann/);
});

it('tells the columns of a very wide table by name and type', () => {
  const wide = Array.from({ length: 1000 }, (_, index) => column(`c${index}`, { examples: ['x'.repeat(50)] }));
  const lines = facts(true, ...wide).split('\n');
  expect(lines).toHaveLength(1001);
  expect(lines.at(1)).toContain('e.g.');
  expect(lines.at(-1)).toBe('- c999 (VARCHAR)');
});
