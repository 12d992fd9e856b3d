import { describe, expect, it } from 'vitest';
import { ExactNumber, readDecimal, scalarText } from './exact-number.js';

describe('readDecimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['007', '7'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0.10', '0.1'],
    ['1e3', '1000'],
    ['1E-3', '0.001'],
    ['-1.50e+2', '-150'],
    ['0x1F', '31'],
    ['0o17', '15'],
    ['-0x10', '-16'],
    ['9223372036854775808', '9223372036854775808'],
    ['0.12345678901234567890123456789', '0.12345678901234567890123456789'],
    [' 5 ', '5'],
    ['1e308', `1${'0'.repeat(308)}`],
  ])('reads %s as %s', (written, text) => {
    expect(readDecimal(written)).toEqual({ kind: 'decimal', text });
  });

  it.each(['', ' ', 'abc', '1_000', '1,5', '0x', '--1', '1e', 'e5', '.', '1.2.3', '5%', '١٢', '0b12', '1e9999999'])(
    'does not read %j',
    (written) => {
      expect(readDecimal(written)).toEqual({ kind: 'not-a-number' });
    },
  );

  it.each(['.nan', '.NaN', 'NaN', '.inf', '-.Inf', '+.INF', 'Infinity', '-Infinity'])(
    'says that %s is not finite',
    (written) => {
      expect(readDecimal(written)).toEqual({ kind: 'not-finite' });
    },
  );

  it.each(['1e1001', '1e-99999', '9'.repeat(1001)])('refuses what would be longer than 1,000 digits: %#', (written) => {
    expect(readDecimal(written)).toEqual({ kind: 'too-long' });
  });
});

describe('scalarText', () => {
  it.each([
    ['007', '007'],
    ['1.10', '1.10'],
    ['-5', '-5'],
    ['+5', '5'],
    ['1e3', '1000'],
    ['.5', '0.5'],
    ['0x1F', '31'],
    ['.nan', 'NaN'],
    ['.inf', 'Infinity'],
    ['-.inf', '-Infinity'],
    ['18446744073709551615', '18446744073709551615'],
  ])('writes %s as %s', (written, text) => {
    expect(scalarText(new ExactNumber(written))).toBe(text);
  });
});
