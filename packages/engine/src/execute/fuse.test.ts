import type { ColumnExpression, Dialect } from '@aegis/spec';
import { compare, countIf, duckdbDialect, literal } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { fuse } from './fuse.js';

const x: ColumnExpression = { kind: 'column', name: 'x', type: { kind: 'integer', native: 'INTEGER' } };
const from = { table: { kind: 'named', parts: ['t'] } } as const;
const slots = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    expression: countIf(compare(x, '>', literal('integer', String(index)))),
    ruleIds: new Set([`r${index}`]),
  }));
const limitedTo = (strategy: Partial<Dialect['strategy']>): Dialect =>
  Object.assign(Object.create(duckdbDialect), { strategy: { ...duckdbDialect.strategy, ...strategy } });

describe('fusing', () => {
  it('puts everything into one statement while it fits', () => {
    expect(fuse(from, slots(100), duckdbDialect)).toHaveLength(1);
  });

  it('splits at the number of measures', () => {
    expect(fuse(from, slots(10), limitedTo({ maxMeasures: 4 })).map((scan) => scan.slots.length)).toEqual([4, 4, 2]);
  });

  it('keeps every rendered statement within the limit of bytes', () => {
    const dialect = limitedTo({ maxStatementBytes: 500 });
    const scans = fuse(from, slots(50), dialect);
    const sizes = scans.map(({ statement }) => new TextEncoder().encode(dialect.statement(statement)).byteLength);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(scans.flatMap((scan) => scan.slots)).toHaveLength(50);
  });

  it('asks alone what the dialect answers faster alone', () => {
    const [first] = slots(1);
    const dialect = limitedTo({ standsAlone: (expression) => expression === first?.expression });
    const scans = fuse(from, [...(first ? [first] : []), ...slots(3)], dialect);
    expect(scans.map((scan) => scan.slots.length)).toEqual([1, 3]);
  });

  it('asks nothing when nothing is open', () => {
    expect(fuse(from, [], duckdbDialect)).toEqual([]);
  });
});
