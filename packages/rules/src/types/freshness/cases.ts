import type { CaseColumnType, TypeCase } from '../../type/rule-type.js';

const column = (type: CaseColumnType, ...values: readonly (string | null)[]) => ({
  t: { columns: { x: type }, rows: values.map((value) => [value]) },
});
const now = '2026-01-15T12:00:00Z';
const oneHour = { column: 'x', threshold: 1, unit: 'hours' };

export const cases: readonly TypeCase[] = [
  {
    title: '118 minutes are more than an hour',
    tables: column('timestamptz', '2026-01-15T10:02:00Z', '2026-01-15T09:00:00Z'),
    logic: oneHour,
    now,
    expect: { outcome: 'fail', rowsChecked: 2, rowsFailed: 1, observed: { age_seconds: 7080 } },
  },
  {
    title: 'exactly an hour passes',
    tables: column('timestamptz', '2026-01-15T11:00:00Z', null),
    logic: oneHour,
    now,
    expect: { outcome: 'pass', observed: { age_seconds: 3600 } },
  },
  {
    title: 'a second more fails',
    tables: column('timestamptz', '2026-01-15T10:59:59Z'),
    logic: oneHour,
    now,
    expect: { outcome: 'fail', observed: { age_seconds: 3601 } },
  },
  {
    title: 'the age is in whole seconds',
    tables: column('timestamptz', '2026-01-15T10:59:59.500Z'),
    logic: { column: 'x', threshold: 60, unit: 'minutes' },
    now,
    expect: { outcome: 'pass', observed: { age_seconds: 3600 } },
  },
  {
    title: 'naive timestamps are read in the time zone',
    tables: column('timestamp', '2026-01-15 12:30:00'),
    logic: oneHour,
    scope: { timezone: 'Europe/Berlin' },
    now,
    expect: { outcome: 'pass', observed: { age_seconds: 1800 } },
  },
  {
    title: 'a date counts from its first moment',
    tables: column('date', '2026-01-14'),
    logic: { column: 'x', threshold: 1, unit: 'days' },
    now,
    expect: { outcome: 'fail', observed: { age_seconds: 129600 } },
  },
  {
    title: 'a newest value in the future fails',
    tables: column('timestamptz', '2026-01-15T12:00:01Z'),
    logic: oneHour,
    now,
    expect: { outcome: 'fail' },
  },
  {
    title: 'no value fails',
    tables: column('timestamptz', null),
    logic: oneHour,
    now,
    expect: { outcome: 'fail', observed: { age_seconds: null } },
  },
  { title: 'an empty table fails', tables: column('timestamptz'), logic: oneHour, now, expect: { outcome: 'fail' } },
];
