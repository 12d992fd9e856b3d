import type { Evidence } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { maskEvidence } from './mask-evidence.js';
import { Redactor } from './redactor.js';

const redactor = () => new Redactor({ maskColumns: ['grade'], keepColumns: [] }, { scrub: (text) => text });

const segment: Evidence = {
  id: 'e1',
  kind: 'segment_pair',
  sentence:
    "All 12 failing rows have last_name = 'O''Neil' and birth_date from 1980-01-02 to before 1980-02-01 (4 % of all rows): every row of it fails.",
  numbers: {
    values: { last_name: "O'Neil", birth_date: ['1980-01-02', '1980-02-01'] },
    same_rows: [{ phone: '0791234567' }, { country: 'CH' }],
    all_rows: 300,
    failing_rows: 12,
  },
  sql: `SELECT count(*) FROM t WHERE "last_name" = 'O''Neil' AND "birth_date" >= DATE '1980-01-02' AND "birth_date" < DATE '1980-02-01'`,
};

describe('maskEvidence', () => {
  it('leaves no value of a sensitive column in numbers, sentence or SQL, dates included', () => {
    const masked = maskEvidence(segment, redactor());
    expect(JSON.stringify(masked)).not.toMatch(/Neil|1980|0791234567/);
    expect(masked.sentence).toContain(
      "last_name = '<name:1>' and birth_date from <birth:1> to before <birth:2> (4 % of",
    );
    expect(masked.sql).toContain(`"birth_date" >= DATE '<birth:1>'`);
  });

  it('keeps counts, and values of other columns', () => {
    const { numbers } = maskEvidence(segment, redactor());
    expect(numbers).toMatchObject({
      all_rows: 300,
      failing_rows: 12,
      same_rows: [{ phone: '<phone:1>' }, { country: 'CH' }],
    });
  });

  it('masks numbers of sensitive columns, short ones only where a value stands', () => {
    const masked = maskEvidence(
      {
        ...{ id: 'e1', kind: 'segment' },
        sentence: '6 % of the 66 failing rows have grade = 6 (6 % of all rows): 6 times the rate elsewhere.',
        numbers: { column: 'grade', values: { grade: 6 }, support_percent: 6 },
        sql: 'SELECT count_if("grade" = 6) FROM t',
      },
      redactor(),
    );
    expect(masked.sentence).toBe(
      '6 % of the 66 failing rows have grade = <masked:1> (6 % of all rows): 6 times the rate elsewhere.',
    );
    expect(masked.sql).toBe('SELECT count_if("grade" = <masked:1>) FROM t');
    expect(masked.numbers).toEqual({ column: 'grade', values: { grade: '<masked:1>' }, support_percent: 6 });
  });

  it('changes nothing when it masks twice', () => {
    const one = redactor();
    const masked = maskEvidence(segment, one);
    expect(maskEvidence(masked, one)).toEqual(masked);
  });
});
