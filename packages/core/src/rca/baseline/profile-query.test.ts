import type { ColumnKind, Dialect, TableDescription } from '@aegis/spec';
import {
  athenaDialect,
  bigqueryDialect,
  databricksDialect,
  duckdbDialect,
  postgresDialect,
  trinoDialect,
} from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { profileQuery } from './profile-query.js';

const kinds: { readonly [name: string]: ColumnKind } = {
  ...{ id: 'integer', amount: 'decimal', price: 'float', status: 'text', is_new: 'boolean', seen: 'timestamptz' },
  ...{ placed_at: 'timestamp', day: 'date', ref: 'uuid' },
};

const description: TableDescription = {
  table: { kind: 'named', parts: ['shop', 'orders'] },
  kind: 'table',
  columns: Object.entries(kinds).map(([name, kind]) => ({ name, type: { kind, native: kind } })),
};

const time = { column: 'seen', until: '2026-01-14 10:00:00Z' };

const sqlFor = (dialect: Dialect, mayKeep: (column: string) => boolean = () => true): string => {
  const before = { measures: [], groups: [], time, wide: [] };
  return profileQuery({ description, dialect, now: '2026-01-15T12:00:00Z', before, mayKeep })?.sql ?? '';
};

const dialects = [duckdbDialect, postgresDialect, databricksDialect, trinoDialect, athenaDialect, bigqueryDialect];

describe('the statement of a profile', () => {
  it('is what each engine reads', async () => {
    const page = dialects.map((dialect) => `-- ${dialect.name}\n${sqlFor(dialect)};\n`).join('\n');
    await expect(page).toMatchFileSnapshot('__golden__/profile.sql');
  });

  it('is the same of an adapter that brings its own copy of the dialect', () => {
    const copy = Object.create(null, {
      ...Object.getOwnPropertyDescriptors(Object.getPrototypeOf(Object.getPrototypeOf(postgresDialect))),
      ...Object.getOwnPropertyDescriptors(Object.getPrototypeOf(postgresDialect)),
      ...Object.getOwnPropertyDescriptors(postgresDialect),
    }) as Dialect;
    expect(sqlFor(copy)).toBe(sqlFor(postgresDialect));
  });

  it('has no values of columns that must not be kept', () => {
    expect(sqlFor(duckdbDialect)).toContain('"status" COLLATE C AS d0');
    expect(sqlFor(duckdbDialect, (column) => column !== 'status')).not.toContain('"status" COLLATE C');
  });
});
