import { describe, expect, it } from 'vitest';
import { currentDate, currentTimestampLiteral, instantMs } from './clock.js';

const now = '2024-01-31T23:30:00.250Z';

describe('the clock of a run', () => {
  it('is today in the zone of the rule', () => {
    expect(currentDate(now, 'UTC').value).toBe('2024-01-31');
    expect(currentDate(now, 'Europe/Berlin').value).toBe('2024-02-01');
  });

  it('is what clocks in the zone show, beside a column without zones', () => {
    const literal = currentTimestampLiteral({ kind: 'timestamp', native: 'TIMESTAMP' }, now, 'Europe/Berlin');
    expect(literal).toEqual({ kind: 'literal', type: 'timestamp', value: '2024-02-01 00:30:00.25' });
  });

  it('is the instant beside a column with zones, and a day beside dates', () => {
    expect(currentTimestampLiteral({ kind: 'timestamptz', native: '' }, now, 'Europe/Berlin').value).toBe(
      '2024-01-31 23:30:00.25Z',
    );
    expect(currentTimestampLiteral({ kind: 'date', native: '' }, now, 'Europe/Berlin').value).toBe('2024-02-01');
  });

  it('must be an instant in UTC', () => {
    expect(() => currentDate('2024-01-31T23:30:00+01:00', 'UTC')).toThrow('is not an instant in UTC');
    expect(() => currentDate('yesterday', 'UTC')).toThrow('is not an instant in UTC');
  });
});

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
