import type { JsonObject, RuleResult } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import type { Segment, Truth } from '../faults/fault.js';
import { namesSegment } from './names-segment.js';

const failing = (sentence: string, numbers: JsonObject = {}): readonly RuleResult[] => [
  { diagnosis: { evidence: [{ id: 'e1', kind: 'x', sentence, numbers }] }, root_cause: null } as unknown as RuleResult,
];

const isNamed = (
  sentence: string,
  numbers?: JsonObject,
  segment: Partial<Segment> = {},
  effect: Truth['effect'] = 'values',
) =>
  namesSegment(
    failing(sentence, numbers),
    { effect, segment: { column: 'market', value: 'DE', is: 'equal', ...segment } } as Truth & { segment: Segment },
    ['market', 'country'],
  );

describe('a segment is named', () => {
  it('by a sentence that has the column and its value', () => {
    expect(isNamed(`93 % of the failing rows have market = 'DE'.`)).toBe(true);
    expect(isNamed('All of them have country = DE and channel = web.')).toBe(true);
  });

  it('by numbers that hold both', () => {
    expect(isNamed('They lie in one segment.', { column: 'market', value: 'DE' })).toBe(true);
    expect(isNamed('They lie in one segment.', { segment: { country: 'DE' } })).toBe(true);
  });

  it('not by another value, another column, or a longer word', () => {
    expect(isNamed(`Most have market = 'FR'.`)).toBe(false);
    expect(isNamed(`Most have region = 'DE'.`)).toBe(false);
    expect(isNamed('Most have market = DEU.')).toBe(false);
  });

  it('by its first day', () => {
    const since = { column: 'sold_at', value: '2026-05-03', is: 'from' } as const;
    expect(isNamed('The first failing rows are of 2026-05-03.', {}, since)).toBe(true);
    expect(isNamed('It began.', { first: '2026-05-03T00:00:00' }, since)).toBe(true);
    expect(isNamed('The last rows are of 2026-05-02.', {}, since)).toBe(false);
  });

  it('by the last day that has rows, where the rows after it are missing', () => {
    const since = { column: 'sold_at', value: '2026-05-03', is: 'from' } as const;
    expect(isNamed('The newest value is 2026-05-02 19:58:01.', {}, since, 'fewer')).toBe(true);
  });
});
