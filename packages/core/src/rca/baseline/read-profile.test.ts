import type { Row } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import type { ProfileParts } from './profile-sql.js';
import { readPart } from './read-profile.js';

const parts: ProfileParts = {
  measures: [{ column: 'amount', kind: 'number', sql: 'amount', isPartial: true }],
  ...{ partial: ['amount'], time: undefined, counted: [] },
  dimensions: [{ name: 'market', sql: 'market', isDay: false }],
};

const row = (aegis_at: number | null, v: string | null, n: number | null): Row => ({
  ...{ is_fresh: 0, n_all: '1000', aegis_at, v, n, c0: n, s0: n, q0: n, k0: n },
});

describe('a part of a table of which a sample was read', () => {
  it('is projected to all rows', () => {
    const { groups, rows, read } = readPart([row(-1, null, 100), row(0, 'DE', 60), row(0, null, 40)], 0, parts);
    expect([rows, read]).toEqual([1000, 100]);
    const figures = (each: number) => [{ count: each, sum: each, squares: each, known: each }];
    expect(groups.map(({ dimension, value, rows: each, sums }) => [dimension, value, each, sums])).toEqual([
      [null, null, 1000, figures(1000)],
      ['market', 'DE', 600, figures(600)],
      ['market', null, 400, figures(400)],
    ]);
  });

  it('has nothing but its rows where hardly any was read, or none', () => {
    const only = [{ dimension: null, value: null, isDay: false, rows: 1000, distinct: {}, sums: [] }];
    expect(readPart([row(-1, null, 3), row(0, 'DE', 3)], 0, parts).groups).toEqual(only);
    expect(readPart([row(null, null, null)], 0, parts).groups).toEqual(only);
  });

  it('is empty where there is no row', () => {
    expect(readPart([row(-1, null, 100)], 1, parts)).toEqual({ groups: [], rows: 0, read: 0 });
  });
});
