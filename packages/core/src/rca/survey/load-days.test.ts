import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from './days.js';
import { type DayCount, loadDaysOf } from './load-days.js';

const daily = (days: number, isThere: (day: string) => boolean = () => true): readonly DayCount[] =>
  Array.from({ length: days }, (_, index) => addDays('2026-01-01', index))
    .filter(isThere)
    .map((day) => ({ day, rows: 40 }));

describe('the days of a table', () => {
  it('miss none where each follows the other', () => {
    expect(loadDaysOf(daily(20))).toEqual({ first: '2026-01-01', last: '2026-01-20', typicalRows: 40, missing: [] });
  });

  it('miss the one that is not there', () => {
    expect(loadDaysOf(daily(20, (day) => day !== '2026-01-11'))?.missing).toEqual(['2026-01-11']);
  });

  it('miss no Sunday where there never is one', () => {
    expect(loadDaysOf(daily(28, (day) => weekdayOf(day) !== 0))?.missing).toEqual([]);
  });

  it('begin with the days that follow each other, whatever default dates there are', () => {
    expect(loadDaysOf([{ day: '1970-01-01', rows: 9 }, ...daily(20)])?.first).toBe('2026-01-01');
  });

  it('say nothing of a table that does not grow by days', () => {
    expect(loadDaysOf(daily(28, (day) => weekdayOf(day) === 1))).toBeUndefined();
    expect(loadDaysOf([])).toBeUndefined();
  });
});
