import { describe, expect, it } from 'vitest';
import { cellsOf } from './athena-values.js';

const cellOf = (Type: string, VarCharValue: string | undefined) =>
  cellsOf({ Data: [{ VarCharValue }] }, [{ Name: 'x', Type }])[0];

describe('values', () => {
  it.each([
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['tinyint', '-3', -3],
    ['integer', '2147483647', 2_147_483_647],
    ['bigint', '9223372036854775807', '9223372036854775807'],
    ['bigint', '1', '1'],
    ['decimal', '12345678901234567890.5', '12345678901234567890.5'],
    ['double', '1.0E10', 1e10],
    ['double', '-0.0', 0],
    ['double', 'NaN', 'NaN'],
    ['double', 'Infinity', 'Infinity'],
    ['double', '-Infinity', '-Infinity'],
    ['float', '0.1', 0.1],
    ['varchar', '', ''],
    ['varchar', 'null', 'null'],
    ['char', 'a ', 'a '],
    ['date', '0001-01-01', '0001-01-01'],
    ['time', '12:00:00.500', '12:00:00.5'],
    ['timestamp', '2026-01-15 12:00:00.000', '2026-01-15T12:00:00'],
    ['timestamp', '2026-01-15 12:00:00.123456', '2026-01-15T12:00:00.123456'],
    ['varbinary', '68 65 6c 6c 6f', 'aGVsbG8='],
    ['varbinary', '', ''],
    ['json', '{"a":12345678901234567890}', '{"a":12345678901234567890}'],
    ['array', '[1, 2]', '[1, 2]'],
    ['row', '{a=1, b=x}', '{a=1, b=x}'],
    ['map', '{k=v}', '{k=v}'],
    ['uuid', '12151fd2-7586-11e9-8f9e-2a86e4085a59', '12151fd2-7586-11e9-8f9e-2a86e4085a59'],
  ])('of %s are read: %s', (type, text, cell) => {
    expect(cellOf(type, text)).toEqual(cell);
  });

  it.each([
    ['2026-01-15 12:00:00.000 UTC', '2026-01-15T12:00:00Z'],
    ['2026-01-15 12:00:00.123456789 UTC', '2026-01-15T12:00:00.123456789Z'],
    ['2026-07-15 12:00:00.000001 +05:45', '2026-07-15T06:15:00.000001Z'],
    ['2026-01-15 01:00:00 -03:30', '2026-01-15T04:30:00Z'],
    ['2026-01-15 12:00:00.000 Europe/Berlin', '2026-01-15T11:00:00Z'],
    ['2026-07-15 12:00:00.000 Europe/Berlin', '2026-07-15T10:00:00Z'],
    ['2026-03-29 01:59:59.000 Europe/Berlin', '2026-03-29T00:59:59Z'],
    ['2026-03-29 03:00:00.000 Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['2026-10-25 02:30:00.000 Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-10-25 03:00:00.000 Europe/Berlin', '2026-10-25T02:00:00Z'],
    ['2026-07-15 12:00:00.000 America/New_York', '2026-07-15T16:00:00Z'],
    ['2026-01-15 12:00:00.000 Mars/Olympus', '2026-01-15 12:00:00.000 Mars/Olympus'],
  ])('of timestamps with a zone are moments in UTC: %s', (text, cell) => {
    expect(cellOf('timestamp with time zone', text)).toBe(cell);
  });

  it('that are missing are NULL, whatever the type', () => {
    for (const type of ['varchar', 'integer', 'boolean', 'array', 'varbinary'])
      expect(cellOf(type, undefined)).toBeNull();
  });
});
