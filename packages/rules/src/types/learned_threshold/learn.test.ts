import { describe, expect, it } from 'vitest';
import { allowedRange, lastOfEachDay } from './learn.js';

const measured = (measuredAt: string, metric: number | null) => ({
  ...{ key: 'k', ruleId: 'r', runId: measuredAt, state: {} },
  measuredAt,
  metric,
});

describe('learning from earlier runs', () => {
  it('keeps the last value of each day, in order', () => {
    const history = [
      measured('2026-01-02T08:00:00Z', 3),
      measured('2026-01-01T23:00:00Z', 2),
      measured('2026-01-01T08:00:00Z', 1),
    ];
    expect(lastOfEachDay(history, 'UTC')).toEqual([2, 3]);
  });

  it('ends a day where the zone does', () => {
    const history = [measured('2026-01-01T22:30:00Z', 1), measured('2026-01-01T23:30:00Z', 2)];
    expect(lastOfEachDay(history, 'UTC')).toEqual([2]);
    expect(lastOfEachDay(history, 'Europe/Berlin')).toEqual([1, 2]);
  });

  it('learns nothing from runs that measured nothing', () => {
    expect(lastOfEachDay([measured('2026-01-01T08:00:00Z', null)], 'UTC')).toEqual([]);
  });

  it('uses the sample deviation', () => {
    expect(allowedRange([0, 2, 4], 1)).toEqual({ low: 0, high: 4 });
  });

  it('allows equality only when the values never differed', () => {
    expect(allowedRange([0.1, 0.1, 0.1], 3)).toEqual({ low: 0.1, high: 0.1 });
  });
});
