import { describe, expect, it } from 'vitest';
import { instantMs } from './clock.js';

describe('the instant of what a warehouse gave', () => {
  it('is in the zone where the text has none', () => {
    expect(instantMs('2026-01-15T12:00:00.5', 'Europe/Berlin')).toBe(Date.parse('2026-01-15T11:00:00.500Z'));
    expect(instantMs('2026-01-15T12:00:00Z', 'Europe/Berlin')).toBe(Date.parse('2026-01-15T12:00:00Z'));
    expect(instantMs('2026-01-15', 'Europe/Berlin')).toBe(Date.parse('2026-01-14T23:00:00Z'));
  });

  it.each(['Infinity', '+010000-01-01', '+294247-01-10T04:00:54.775806'])('is infinitely late for %s', (text) => {
    expect(instantMs(text, 'UTC')).toBe(Number.POSITIVE_INFINITY);
  });

  it.each(['-Infinity', '-000043-03-15', '0000-12-31', '-290308-12-22T00:00:00Z'])(
    'is infinitely early for %s',
    (text) => {
      expect(instantMs(text, 'UTC')).toBe(Number.NEGATIVE_INFINITY);
    },
  );

  it('does not exist for other text', () => {
    expect(() => instantMs('soon', 'UTC')).toThrow("'soon' is not a date or timestamp");
  });
});
