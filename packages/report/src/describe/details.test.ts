import type { RootCause } from '@aegis/spec';
import { expect, it } from 'vitest';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { detailsOf } from './details.js';

const cause = (more: Partial<RootCause>) => {
  const rootCause = {
    dataset: 'raw',
    column: 'id',
    operation: null,
    kind: 'join_fanout',
    path: [],
    evidence: [],
    ...more,
  };
  return detailsOf(ruleResult({ outcome: 'fail', root_cause: rootCause })).map(
    ({ label, text }) => `${label}: ${text}`,
  );
};

it('shows the way from the failing table to where the failure enters', () => {
  expect(cause({ path: ['orders', 'stage', 'raw'], confidence: 'medium' })).toEqual([
    'Root cause: raw.id (join fanout, confidence medium)',
    'Path: orders ← stage ← raw (enters here)',
  ]);
});

it('marks no entry where none is known, and no way where there is none', () => {
  expect(cause({ kind: 'unknown', path: ['orders', 'raw'], column: null })).toEqual([
    'Root cause: raw (unknown)',
    'Path: orders ← raw',
  ]);
  expect(cause({ path: ['raw'] })).toEqual(['Root cause: raw.id (join fanout)']);
});
