import { Redactor } from '@aegis/llm/redaction';
import type { RuleResult } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { SecretRegistry } from '../secrets/secret-registry.js';
import { redactResult } from './redact-report.js';

const redactor = () => new Redactor({ maskColumns: [], keepColumns: [] }, new SecretRegistry());

const result: RuleResult = {
  ...{ rule_id: 'r', rule_type: 'accepted_values', description: null, owner: null, tags: [], table: 'people' },
  ...{ columns: ['first_name'], outcome: 'fail', severity: 'high', effective_severity: 'high', escalated: false },
  ...{ model_severity: null, rows_checked: 10, rows_failed: 1, unit: 'rows', failed_percent: 10, failed_by: null },
  ...{ rows_sampled: null, duration_ms: 1, statements: 1, bytes_scanned: null, consistency: 'per statement' },
  ...{ warehouse: 'main', location: null },
  observed: { values: ['Ann'], distinct: 3, newest: '2026-01-15', smallest: '12.50' },
  expected: { values: ['Bob'] },
  sample: [{ id: 1, first_name: 'Ann', phone: '0791234567' }],
  notes: ['the first was ann@example.com'],
  error: { code: 'warehouse/unknown', message: "could not convert 'x@y.ch'", hint: null },
  diagnosis: {
    explanation: 'Ann stands out',
    likely_cause: null,
    recommended_action: null,
    evidence: [
      {
        id: 'e1',
        kind: 'segment',
        sentence: "last_name = 'Smith' has 9 of 10 failures",
        numbers: { column: 'last_name', value: 'Smith', share: 0.9 },
        sql: "SELECT * FROM people WHERE last_name = 'Smith'",
      },
    ],
  },
  root_cause: null,
  remediation: {
    proposed_sql: "UPDATE people SET first_name = NULL WHERE first_name = 'Ann'",
    confidence: 'low',
    caveat: 'c',
    source: 'template',
    verification: { status: 'not_run', reason: 'no sandbox' },
  },
};

describe('redactResult', () => {
  it('masks row values wherever they stand, with the same token for the same value', () => {
    const masked = redactResult(result, redactor(), 'redacted');
    expect(masked.sample).toEqual([{ id: 1, first_name: '<name:1>', phone: '<phone:1>' }]);
    expect(masked.observed).toMatchObject({ values: ['<name:1>'] });
    expect(masked.diagnosis?.explanation).toBe('<name:1> stands out');
    expect(masked.diagnosis?.evidence[0]).toMatchObject({
      sentence: "last_name = '<name:2>' has 9 of 10 failures",
      numbers: { column: 'last_name', value: '<name:2>', share: 0.9 },
      sql: "SELECT * FROM people WHERE last_name = '<name:2>'",
    });
    expect(masked.remediation?.proposed_sql).toBe("UPDATE people SET first_name = NULL WHERE first_name = '<name:1>'");
    expect(masked.notes).toEqual(['the first was <email:1>']);
    expect(masked.error?.message).toBe("could not convert '<email:2>'");
  });

  it('keeps numbers, dates, and what the user wrote', () => {
    const masked = redactResult(result, redactor(), 'redacted');
    expect(masked.observed).toMatchObject({ distinct: 3, newest: '2026-01-15', smallest: '12.50' });
    expect(masked.expected).toEqual({ values: ['Bob'] });
  });

  it('drops the sample under "none", and still knows what it held', () => {
    const masked = redactResult(result, redactor(), 'none');
    expect(masked.sample).toEqual([]);
    expect(masked.diagnosis?.explanation).toBe('<name:1> stands out');
  });
});
