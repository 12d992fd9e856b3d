import type { ColumnKind, TableDescription } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { columnsChange, typedColumns } from './typed-columns.js';

const table = (columns: readonly (readonly [name: string, native: string, kind?: ColumnKind])[]): TableDescription => ({
  table: { kind: 'named', parts: ['t'] },
  kind: 'table',
  columns: columns.map(([name, native, kind = 'integer']) => ({ name, type: { kind, native } })),
});

describe('columns that are kept', () => {
  it('have the type that the engine calls them by', () => {
    const natives = ['numeric(18,2)', 'timestamp(3) with time zone', 'DECIMAL(18, 2)', 'enum mood', 'integer[]'];
    const kept = typedColumns(table(natives.map((native) => [native, native] as const)));
    expect(kept?.map(([, type]) => type)).toEqual(natives);
  });

  it('have no labels of a type, which are values of rows', () => {
    expect(typedColumns(table([['m', "ENUM('sad', 'ok')", 'text']]))).toEqual([['m', 'text']]);
  });

  it('are none where there are too many', () => {
    const many = Array.from({ length: 501 }, (_, index) => [`c${index}`, 'integer'] as const);
    expect(typedColumns(table(many))).toBeUndefined();
    expect(typedColumns(table(many.slice(1)))).toHaveLength(500);
  });
});

describe('what became of columns', () => {
  it('is that they went, came and are of another type', () => {
    const before = {
      columns: [
        ['a', 'integer'],
        ['b', 'text'],
        ['c', 'date'],
      ] as const,
    };
    const now = {
      columns: [
        ['c', 'text'],
        ['d', 'date'],
        ['a', 'integer'],
      ] as const,
    };
    expect(columnsChange(before, now)).toEqual({
      ...{ gone: ['b'], added: ['d'] },
      retyped: [{ name: 'c', before: 'date', after: 'text' }],
    });
  });

  it('is nothing where they stand in another order, or it is not known what they were', () => {
    const columns = [
      ['a', 'integer'],
      ['b', 'text'],
    ] as const;
    expect(columnsChange({ columns }, { columns: columns.toReversed() })).toBeUndefined();
    expect(columnsChange({}, { columns })).toBeUndefined();
  });
});
