import { describe, expect, it } from 'vitest';
import type { ConformanceColumn } from './collect.js';
import { conformancePage } from './page.js';

const passed = { title: 'counts', state: 'passed' } as const;
const columns: readonly ConformanceColumn[] = [
  { warehouse: 'alpha', groups: [{ name: 'unique', tests: [passed, passed] }] },
  {
    warehouse: 'beta',
    groups: [
      { name: 'unique', tests: [passed, { title: 'NaN', state: 'failed' }] },
      { name: 'values', tests: [{ title: 'write', state: 'skipped', note: 'readOnly: there is no such mode' }] },
    ],
  },
];

describe('the page of conformance', () => {
  const page = conformancePage(columns, ['unique', 'between']);

  it('has a row per rule type and a column per warehouse', () => {
    expect(page).toContain('| unique | 2 passed | 1 passed, **1 failed** |');
  });

  it('never shows as passed what did not run', () => {
    expect(page).toContain('| between | not run | not run |');
    expect(page).toContain('| values | not run | 0 passed, 1 not supported |');
  });

  it('gives the reason of every gap', () => {
    expect(page).toContain('- **beta**, values, “write”: readOnly: there is no such mode.');
  });
});
