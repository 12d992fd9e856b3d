import { describe, expect, it } from 'vitest';
import { measurementKey } from './ports.js';

const parts = { project: 'shop', warehouse: 'w', table: 'orders', ruleId: 'r', definitionHash: 'h' };

describe('the key of measurements', () => {
  it('is the same for the same rule on the same data', () => {
    expect(measurementKey({ ...parts })).toBe(measurementKey(parts));
  });

  it.each(['project', 'warehouse', 'table', 'ruleId', 'definitionHash'] as const)('changes with %s', (part) => {
    expect(measurementKey({ ...parts, [part]: 'other' })).not.toBe(measurementKey(parts));
  });

  it('keeps names apart that would run into each other', () => {
    const left = measurementKey({ ...parts, table: 'a","b', ruleId: 'c' });
    const right = measurementKey({ ...parts, table: 'a', ruleId: 'b","c' });
    expect(left).not.toBe(right);
  });

  it('is pinned: stored histories are found by it', () => {
    expect(measurementKey(parts)).toBe('["shop","w","orders","r","h"]');
  });
});
