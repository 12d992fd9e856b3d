import { describe, expect, it } from 'vitest';
import { ruleIds } from './rule-ids.js';

describe('ids', () => {
  it('are the names, with digits behind those that several have', () => {
    const ids = ruleIds([
      { source: 'test.shop.a.1', name: 'a' },
      { source: 'test.shop.a.2', name: 'a' },
      { source: 'test.shop.b.1', name: 'total of "b"' },
      { source: 'test.shop.c.1', name: '???' },
    ]);
    expect([...ids.values()]).toEqual([
      expect.stringMatching(/^a\.[0-9a-f]{8}$/),
      expect.stringMatching(/^a\.[0-9a-f]{8}$/),
      'total_of_b',
      expect.stringMatching(/^check\.[0-9a-f]{8}$/),
    ]);
    expect(new Set(ids.values()).size).toBe(4);
  });

  it('do not depend on the order of the checks', () => {
    const checks = ['x', 'y', 'x'].map((name, index) => ({ source: `test.shop.${name}.${index}`, name }));
    expect(Object.fromEntries(ruleIds(checks.toReversed()))).toEqual(Object.fromEntries(ruleIds(checks)));
  });

  it('are short enough for a rule, however long the name', () => {
    const [id = ''] = ruleIds([{ source: 's', name: 'long'.repeat(100) }]).values();
    expect(id).toMatch(/^(long){30}\.[0-9a-f]{8}$/);
  });
});
