import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});
const now = '2026-01-15T23:30:00Z';

export const cases: readonly TypeCase[] = [
  {
    title: 'today passes, tomorrow does not',
    tables: column('date', '2026-01-15', '2026-01-16', null),
    logic: { column: 'x' },
    now,
    expect: { outcome: 'fail', rowsChecked: 3, rowsFailed: 1, sample: [{ x: '2026-01-16' }] },
  },
  {
    title: 'today is a matter of the time zone',
    tables: column('date', '2026-01-16'),
    logic: { column: 'x' },
    scope: { timezone: 'Europe/Berlin' },
    now,
    expect: { outcome: 'pass' },
  },
  {
    title: 'a timestamp may be now, not later',
    tables: column('timestamptz', '2026-01-15T23:30:00Z', '2026-01-15T23:30:00.000001Z'),
    logic: { column: 'x' },
    now,
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'naive timestamps are read in the time zone',
    tables: column('timestamp', '2026-01-16 00:30:00', '2026-01-16 00:30:01'),
    logic: { column: 'x' },
    scope: { timezone: 'Europe/Berlin' },
    now,
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'a text column is an error',
    tables: column('text', '2026-01-16'),
    logic: { column: 'x' },
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
  {
    title: 'an empty table is not applicable',
    tables: column('date'),
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable' },
  },
];
