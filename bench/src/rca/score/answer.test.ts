import type { Report, RootCause, RuleResult } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { answerOf } from './answer.js';

const cause = (dataset: string, more: Partial<RootCause> = {}): RootCause => ({
  ...{ dataset, column: null, operation: null, kind: 'source', path: [dataset], evidence: [], confidence: 'medium' },
  ...more,
});

const reportOf = (
  ...failures: readonly (RootCause | null | [RootCause, RuleResult['effective_severity']])[]
): Report => {
  const results = failures.map((failure) => {
    const [root_cause, effective_severity] = Array.isArray(failure) ? failure : [failure, 'medium'];
    return { outcome: 'fail', root_cause, effective_severity };
  });
  return { results } as unknown as Report;
};

describe('one answer for a run', () => {
  it('is nothing where no rule has a cause', () => {
    expect(answerOf(reportOf(null, null))).toMatchObject({ dataset: null, kind: null, agreeing: 0, failing: 2 });
  });

  it('is the dataset that most rules name', () => {
    expect(answerOf(reportOf(cause('a'), cause('b'), cause('b')))).toMatchObject({
      dataset: 'b',
      agreeing: 2,
      failing: 3,
    });
  });

  it('prefers the surest cause to many unsure ones', () => {
    const report = reportOf(cause('a', { confidence: 'low' }), cause('a', { confidence: 'low' }), cause('b'));
    expect(answerOf(report).dataset).toBe('b');
  });

  it('takes what is unknown only where nothing else is said', () => {
    const unknown = cause('a', { kind: 'unknown', confidence: 'high' });
    expect(answerOf(reportOf(unknown, unknown, cause('b'))).dataset).toBe('b');
    expect(answerOf(reportOf(unknown)).dataset).toBe('a');
  });

  it('is that of the most severe rule where numbers are equal, then that of the first', () => {
    expect(answerOf(reportOf(cause('a'), [cause('b'), 'critical'])).dataset).toBe('b');
    expect(answerOf(reportOf(cause('a'), cause('b'))).dataset).toBe('a');
  });

  it('has the column and the kind that most of the agreeing rules say', () => {
    const report = reportOf(
      ...[
        cause('a', { column: 'x' }),
        cause('a', { column: 'y', kind: 'join_loss' }),
        cause('a', { column: 'y', kind: 'join_loss' }),
      ],
    );
    expect(answerOf(report)).toMatchObject({ column: 'y', kind: 'join_loss' });
  });

  it('names other datasets after the first, then those next to the entry', () => {
    const report = reportOf(cause('a', { path: ['mart', 'step', 'a'] }), cause('a'), cause('b', { confidence: 'low' }));
    expect(answerOf(report).candidates).toEqual(['a', 'b', 'step']);
  });
});
