import type { ColumnExpression, ColumnKind } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { literalFor } from './literal-for.js';

const column = (kind: ColumnKind, native: string = kind.toUpperCase()): ColumnExpression => ({
  kind: 'column',
  name: 'x',
  type: { kind, native },
});

const read = (kind: ColumnKind, text: string, timezone = 'UTC') => {
  const { type, value } = literalFor(column(kind), text, timezone);
  return `${type} ${value}`;
};

describe('a written value beside a column', () => {
  it.each([
    ['integer', '5', 'integer 5'],
    ['integer', '+5', 'integer 5'],
    ['integer', ' -5 ', 'integer -5'],
    ['integer', '5.0', 'integer 5'],
    ['integer', '5.', 'integer 5'],
    ['integer', '1e3', 'integer 1000'],
    ['integer', '0x1F', 'integer 31'],
    ['integer', '-0o17', 'integer -15'],
    ['integer', '9223372036854775807', 'integer 9223372036854775807'],
    ['integer', '5.5', 'decimal 5.5'],
    ['decimal', '.5', 'decimal 0.5'],
    ['decimal', '1.10', 'decimal 1.1'],
    ['decimal', '1e-7', 'decimal 0.0000001'],
    ['decimal', '123456789012345678901234567890.123456789', 'decimal 123456789012345678901234567890.123456789'],
    ['float', '5', 'float 5'],
    ['float', '0.1', 'float 0.1'],
    ['float', '1e300', 'float 1e+300'],
    ['float', '.inf', 'float Infinity'],
    ['float', '-Infinity', 'float -Infinity'],
    ['float', '.NaN', 'float NaN'],
    ['text', ' 5.0 ', 'text  5.0 '],
    ['boolean', 'TRUE', 'boolean true'],
    ['time', '07:30', 'time 07:30:00'],
    ['time', '23:59:59.25', 'time 23:59:59.25'],
    ['uuid', '6F9619FF-8B86-D011-B42D-00C04FC964FF', 'uuid 6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ['date', '2024-02-29', 'date 2024-02-29'],
    ['date', '2024-02-29T00:00:00', 'date 2024-02-29'],
    ['timestamp', '2024-01-31', 'timestamp 2024-01-31 00:00:00'],
    ['timestamp', '2024-01-31 10:00', 'timestamp 2024-01-31 10:00:00'],
    ['timestamp', '2024-01-31T10:00:00.120', 'timestamp 2024-01-31 10:00:00.12'],
    ['timestamptz', '2024-01-31T10:00:00+02:00', 'timestamptz 2024-01-31 08:00:00Z'],
    ['timestamptz', '2024-01-31T10:00:00-0530', 'timestamptz 2024-01-31 15:30:00Z'],
    ['timestamptz', '2024-01-31T10:00:00.5Z', 'timestamptz 2024-01-31 10:00:00.5Z'],
  ] as const)('of type %s reads %s', (kind, text, expected) => {
    expect(read(kind, text)).toBe(expected);
  });

  it.each([
    ['integer', 'abc', '\'abc\' is not a number; column "x" is INTEGER'],
    ['integer', '1,000', '\'1,000\' is not a number; column "x" is INTEGER'],
    ['integer', '', '\'\' is not a number; column "x" is INTEGER'],
    ['decimal', '.nan', '\'.nan\' is not a number; column "x" is DECIMAL'],
    ['decimal', '1e1000000', '\'1e1000000\' is not a number that an engine can hold; column "x" is DECIMAL'],
    ['float', 'many', '\'many\' is not a number; column "x" is FLOAT'],
    ['boolean', 'yes', '\'yes\' is not true or false; column "x" is BOOLEAN'],
    ['date', '2023-02-29', '\'2023-02-29\' is not a date; column "x" is DATE'],
    ['date', '31.01.2024', '\'31.01.2024\' is not a date; column "x" is DATE'],
    ['date', '2024-01-31T10:00', '\'2024-01-31 10:00:00\' is not a date; column "x" is DATE'],
    ['timestamp', '2024-01-31 25:00', '\'2024-01-31 25:00\' is not a date or time; column "x" is TIMESTAMP'],
    ['time', '24:00', '\'24:00\' is not a time of day; column "x" is TIME'],
    ['uuid', '6F9619FF', '\'6F9619FF\' is not a UUID; column "x" is UUID'],
    ['bytes', 'abc', '\'abc\' is not comparable with it; column "x" is BYTES'],
    ['json', '{}', '\'{}\' is not comparable with it; column "x" is JSON'],
  ] as const)('of type %s refuses %s', (kind, text, message) => {
    expect(() => read(kind, text)).toThrow(expect.objectContaining({ code: 'plan/type-mismatch', message }));
  });

  it('shortens what it quotes', () => {
    expect(() => read('integer', 'y'.repeat(500))).toThrow(`'${'y'.repeat(57)}...' is not a number`);
  });
});

describe('time zones', () => {
  it('put a time without a zone into the zone of the rule', () => {
    expect(read('timestamptz', '2024-07-01 10:00', 'Europe/Berlin')).toBe('timestamptz 2024-07-01 08:00:00Z');
    expect(read('timestamptz', '2024-01-01 10:00', 'Europe/Berlin')).toBe('timestamptz 2024-01-01 09:00:00Z');
    expect(read('timestamptz', '2024-01-01', 'Asia/Kolkata')).toBe('timestamptz 2023-12-31 18:30:00Z');
  });

  it('show a time with a zone as clocks in the zone of the rule do, beside a column without zones', () => {
    expect(read('timestamp', '2024-07-01T10:00:00Z', 'America/New_York')).toBe('timestamp 2024-07-01 06:00:00');
    expect(read('date', '2024-07-01T22:00:00Z', 'Europe/Berlin')).toBe('date 2024-07-02');
  });

  it('move a time that a change of clocks leaves out forward by the gap', () => {
    expect(read('timestamptz', '2024-03-31 02:30', 'Europe/Berlin')).toBe('timestamptz 2024-03-31 01:30:00Z');
  });

  it('mean the first of two times that a change of clocks shows twice', () => {
    expect(read('timestamptz', '2024-10-27 02:30', 'Europe/Berlin')).toBe('timestamptz 2024-10-27 00:30:00Z');
  });

  it('stay within the calendar that every engine can write', () => {
    expect(read('timestamptz', '0001-01-01', 'Asia/Tokyo')).toBe('timestamptz 0001-01-01 00:00:00Z');
    expect(read('timestamptz', '9999-12-31 23:00', 'America/New_York')).toBe('timestamptz 9999-12-31 23:59:59Z');
  });

  it('must exist', () => {
    expect(() => read('timestamptz', '2024-01-01', 'Mars/Olympus')).toThrow("'Mars/Olympus' is not a time zone");
  });
});
