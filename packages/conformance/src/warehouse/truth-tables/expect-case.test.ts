import type { CaseExpectation } from '@aegis/rules';
import type { RuleResult } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { expectCase } from './expect-case.js';

const result: RuleResult = {
  ...{ rule_id: 'r', rule_type: 'unique', description: null, owner: null, tags: [], table: 't', columns: ['x'] },
  ...{ outcome: 'fail', severity: 'medium', effective_severity: 'medium', escalated: false, model_severity: null },
  ...{ rows_checked: 3, rows_failed: 2, unit: 'rows', failed_percent: 66.7, rows_sampled: null },
  failed_by: { rows: 2, keys: 1, values: null },
  observed: { duplicate_rows: 3 },
  expected: {},
  sample: [
    { x: 1, occurrences: '3' },
    { x: null, occurrences: '1' },
    { x: null, occurrences: '1' },
  ],
  ...{ notes: [], error: null, duration_ms: 1, statements: 1, bytes_scanned: null, consistency: 'per statement' },
  ...{ warehouse: 'kit', location: null, diagnosis: null, root_cause: null, remediation: null },
};

const right: CaseExpectation = {
  outcome: 'fail',
  rowsChecked: 3,
  rowsFailed: 2,
  failedBy: { keys: 1 },
  observed: { duplicate_rows: 3 },
  sample: [{ x: null }, { x: 1 }],
};

describe('expectCase', () => {
  it('is content with what the case expects', () => {
    expect(() => expectCase(result, right)).not.toThrow();
    expect(() => expectCase(result, { outcome: 'fail' })).not.toThrow();
  });

  it.each<[string, Partial<CaseExpectation>]>([
    ['another outcome', { outcome: 'pass' }],
    ['another number of rows', { rowsChecked: 4 }],
    ['another number of failed rows', { rowsFailed: 0 }],
    ['another number of keys', { failedBy: { keys: 2 } }],
    ['another observation', { observed: { duplicate_rows: 4 } }],
    ['a row that the sample lacks', { sample: [{ x: 2 }] }],
    ['a row more often than the sample has it', { sample: [{ x: null }, { x: null }, { x: null }] }],
    ['an error code', { code: 'plan/missing-table' }],
  ])('is not content with %s', (_what, wrong) => {
    expect(() => expectCase(result, { ...right, ...wrong })).toThrow();
  });

  it('does not mind whether an engine has numbers of 32 bits', () => {
    const texts = { ...result, sample: [{ x: '1', occurrences: '3' }] };
    expect(() => expectCase(texts, { outcome: 'fail', sample: [{ x: 1 }] })).not.toThrow();
  });
});
