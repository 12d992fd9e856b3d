import type { TableDescription } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { nearestName, resolveColumn } from './names.js';

const table = (...names: readonly string[]): TableDescription => ({
  table: { kind: 'named', parts: ['t'] },
  kind: 'table',
  columns: names.map((name) => ({ name, type: { kind: 'text', native: 'VARCHAR' } })),
});

describe('a column name', () => {
  it('matches exactly before it matches without case', () => {
    expect(resolveColumn('id', table('ID', 'id'), 't').name).toBe('id');
  });

  it('matches without case when that is unique', () => {
    expect(resolveColumn('id', table('ID', 'x'), 't').name).toBe('ID');
  });

  it('is an error when several match without case', () => {
    expect(() => resolveColumn('id', table('ID', 'Id'), 't')).toThrow('could be ID or Id');
  });

  it('is an error with a suggestion when none matches', () => {
    expect(() => resolveColumn('custmer', table('customer', 'x'), 't')).toThrow('does not exist in t');
    expect(nearestName('custmer', ['customer', 'x'])).toBe('customer');
    expect(nearestName('entirely', ['customer', 'x'])).toBeUndefined();
  });
});
