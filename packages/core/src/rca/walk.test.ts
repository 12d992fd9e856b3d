import type { TracedDataset } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { type Reading, unknownReading } from './reading.js';
import type { Site } from './sites.js';
import { type ReadSite, walkUp } from './walk.js';

const site = (name: string, child?: Site, isByName = false): Site => ({
  dataset: {
    ...{ id: name, name, table: null, kind: 'table', columns: [], distance: 0, isDropped: false },
  } as TracedDataset,
  columns: ['x'],
  ...(child && { child }),
  ...(isByName && { isByName }),
});

const reading = (status: Reading['status'], rowsFailed = status === 'fails' ? 5 : 0): Reading => ({
  ...unknownReading('not asked'),
  ...{ status, rowsChecked: 10, rowsFailed, unit: 'rows' },
});

const mart = site('mart');
const staged = site('staged', mart);
const raw = site('raw', staged);
const other = site('other', mart);
const read = (...pairs: readonly (readonly [Site, Reading['status'], number?])[]): readonly ReadSite[] =>
  pairs.map(([each, status, failed]) => ({ site: each, reading: reading(status, failed) }));

describe('the way up', () => {
  it('ends at the farthest table that fails', () => {
    const walked = walkUp(read([mart, 'fails'], [staged, 'fails'], [raw, 'fails']));
    expect(walked?.entry.dataset.name).toBe('raw');
    expect(walked?.holding).toEqual([]);
  });

  it('ends where the parents hold', () => {
    const walked = walkUp(read([mart, 'fails'], [staged, 'fails'], [raw, 'holds']));
    expect(walked?.entry.dataset.name).toBe('staged');
    expect(walked?.holding.map(({ site: { dataset } }) => dataset.name)).toEqual(['raw']);
  });

  it('follows the parent that fails most', () => {
    const walked = walkUp(read([mart, 'fails'], [staged, 'fails', 1], [other, 'fails', 9]));
    expect(walked?.entry.dataset.name).toBe('other');
  });

  it('leads to a table that feeds several, whichever of them fails most', () => {
    const [left, right] = [site('left', mart), site('right', mart)];
    const pairs = [
      ...[mart, left, right].map((each, index) => [each, 'fails', index] as const),
      ...[left, right].map((each) => [site('raw', each), 'fails'] as const),
    ];
    expect(walkUp(read(...pairs))?.entry.dataset.name).toBe('raw');
  });

  it('ends where tables are made from each other', () => {
    const around = [mart, staged, site('mart', staged)].map((each) => [each, 'fails'] as const);
    expect(walkUp(read(...around))?.entry.dataset.name).toBe('staged');
  });

  it('does not pass a table that could not be read', () => {
    const walked = walkUp(read([mart, 'fails'], [staged, 'unknown'], [raw, 'fails']));
    expect(walked?.entry.dataset.name).toBe('mart');
    expect(walked?.unknown).toHaveLength(1);
  });

  it('stops where the columns hold under their own names: an operation exchanged them', () => {
    const named = site('staged', mart, true);
    const walked = walkUp(read([mart, 'fails'], [staged, 'fails'], [named, 'holds']));
    expect(walked?.entry.dataset.name).toBe('mart');
    expect(walked?.byName?.site).toBe(named);
  });
});
