import { describe, expect, it } from 'vitest';
import { type GroupFigures, strongestContrast, strongestShift } from './contrast.js';

const group = (value: string, mean: number | null, more: Partial<GroupFigures> = {}): GroupFigures => ({
  ...{ dimension: 'country', value, rows: 50, values: mean === null ? 0 : 50, mean, isConstant: false, isDay: false },
  ...more,
});

describe('a segment that stands out', () => {
  it('is the one whose numbers are of another size', () => {
    const found = strongestContrast([group('DE', 4000), group('FR', 40), group('IT', 42)]);
    expect(found).toMatchObject({ dimension: 'country', value: 'DE', is: 'equal', how: 'scale' });
  });

  it('is the one that is NULL', () => {
    expect(strongestContrast([group('DE', null), group('FR', 40)])).toMatchObject({ value: 'DE', how: 'nulls' });
  });

  it('is the one that never varies', () => {
    const found = strongestContrast([group('DE', 0, { isConstant: true }), group('FR', 40), group('IT', 42)]);
    expect(found).toMatchObject({ value: 'DE', how: 'constant' });
  });

  it('is none where others never vary either', () => {
    const groups = [group('DE', 1, { isConstant: true }), group('FR', 1.2), group('IT', 1, { isConstant: true })];
    expect(strongestContrast(groups)).toBeUndefined();
  });

  it('is the same whatever order the engine gives groups in', () => {
    const groups = [group('DE', null), group('FR', 40), group('CH', null), group('IT', 41), group('ES', 42)];
    const more = Array.from({ length: 4 }, (_, index) => group(`G${index}`, 40));
    const orders = [[...groups, ...more], [...groups, ...more].reverse()];
    expect(orders.map((each) => strongestContrast(each)?.value)).toEqual(['CH', 'CH']);
  });

  it('begins on the day from which numbers are of another size', () => {
    const days = [1, 2, 3, 4, 5].map((day) =>
      group(`2026-01-0${day}`, day < 4 ? 40 : 4000, { dimension: 'day', isDay: true }),
    );
    expect(strongestContrast(days)).toMatchObject({ dimension: 'day', value: '2026-01-04', is: 'from' });
  });

  it('is no day of numbers that grow day by day', () => {
    const days = Array.from({ length: 20 }, (_, day) =>
      group(`2026-01-${String(day + 1).padStart(2, '0')}`, 50 + 100 * day, { dimension: 'day', isDay: true }),
    );
    expect(strongestContrast(days)).toBeUndefined();
  });

  it('is none for the size of keys, but for keys that are gone', () => {
    const [large, gone] = [group('DE', 4000), group('DE', null)];
    const others = [group('FR', 40), group('IT', 42)];
    expect(strongestContrast([large, ...others], true)).toBeUndefined();
    expect(strongestContrast([gone, ...others], true)).toMatchObject({ value: 'DE', how: 'nulls' });
  });

  it('is none where numbers differ as numbers do', () => {
    expect(strongestContrast([group('DE', 40), group('FR', 90), group('IT', 30)])).toBeUndefined();
  });

  it('is the one whose hours are off', () => {
    expect(strongestShift([group('DE', 18), group('FR', 13), group('IT', 13.2)])).toMatchObject({
      value: 'DE',
      how: 'shift',
    });
  });
});
