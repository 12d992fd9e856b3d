import type { TracedDataset } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { agreed, type Voice } from './agree.js';
import type { CauseKind, Confidence } from './finding.js';

const voice = (ruleId: string, dataset: string, confidence: Confidence, kind: CauseKind = 'source'): Voice => ({
  ruleId,
  finding: {
    dataset: { id: dataset, name: dataset } as TracedDataset,
    ...{ column: 'x', operation: undefined, kind, path: [], facts: [], confidence },
  },
});

describe('rules that fail together', () => {
  it.each([
    ['the surest dataset', [voice('a', 'raw', 'high'), voice('b', 'mart', 'low')], 'raw'],
    [
      'what several say against one',
      [voice('a', 'mart', 'high'), voice('b', 'raw', 'high'), voice('c', 'raw', 'medium')],
      'raw',
    ],
    ['what is known against what is not', [voice('a', 'mart', 'high', 'unknown'), voice('b', 'raw', 'low')], 'raw'],
  ] as const)('agree on %s', (_what, voices, dataset) => {
    expect(agreed(voices, 'a')?.finding.dataset.name).toBe(dataset);
  });

  it('keep their own words where others say the same', () => {
    expect(agreed([voice('b', 'raw', 'high'), voice('a', 'raw', 'high')], 'a')?.ruleId).toBe('a');
  });

  it('say nothing where nobody found anything', () => {
    expect(agreed([], 'a')).toBeUndefined();
  });
});
