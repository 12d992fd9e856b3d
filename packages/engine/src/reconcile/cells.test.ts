import type { CanonicalForm, Cell } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { agree, canonicalCell, compareCells } from './cells.js';

describe('values that were read', () => {
  it.each<readonly [Cell, CanonicalForm, string | null]>([
    ['1.50', { kind: 'number' }, '1.5'],
    [5, { kind: 'number' }, '5'],
    ['-0.00', { kind: 'number' }, '0'],
    ['.5', { kind: 'number' }, '0.5'],
    ['9007199254740993', { kind: 'number' }, '9007199254740993'],
    ['2.345', { kind: 'number', digits: 2 }, '2.35'],
    ['-2.345', { kind: 'number', digits: 2 }, '-2.35'],
    [0.285, { kind: 'double', digits: 2 }, '0.29'],
    ['1e300', { kind: 'double', digits: 2 }, '1e+300'],
    ['0.10', { kind: 'double' }, '0.1'],
    [-0, { kind: 'double' }, '0'],
    ['NaN', { kind: 'double' }, 'NaN'],
    ['2026-01-15', { kind: 'instant' }, '1768435200000000000'],
    ['2026-01-15T00:00:00.000000Z', { kind: 'instant' }, '1768435200000000000'],
    ['1969-12-31T23:59:59.5', { kind: 'instant', digits: 0 }, '-1'],
    ['-Infinity', { kind: 'instant', digits: 0 }, '-Infinity'],
    ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', { kind: 'uuid' }, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    [true, { kind: 'boolean' }, 'true'],
    [null, { kind: 'text' }, null],
  ])('have one text for equal ones: %j as %j is %j', (cell, form, text) => {
    expect(canonicalCell(cell, form)).toBe(text);
  });

  it('agree within a tolerance, exactly for decimals and as doubles for floats', () => {
    const number = { kind: 'number' } as const;
    expect(agree('0.3', '0.2', number, '0.1')).toBe(true);
    expect(agree('0.3', '0.1999999999', number, '0.1')).toBe(false);
    expect(agree(0.8, 0.7, { kind: 'double' }, '0.1')).toBe(false);
    expect(agree(0.8, 0.75, { kind: 'double' }, '0.1')).toBe(true);
    expect(agree('NaN', 'NaN', { kind: 'double' }, undefined)).toBe(true);
    expect(agree('Infinity', 1, { kind: 'double' }, '1e9')).toBe(false);
    expect(agree(null, null, number, undefined)).toBe(true);
    expect(agree(null, '0', number, '1')).toBe(false);
  });

  it('agree within seconds', () => {
    const instant = { kind: 'instant' } as const;
    expect(agree('2026-01-15T00:00:00Z', '2026-01-15T00:00:01.5Z', instant, '1.5')).toBe(true);
    expect(agree('2026-01-15T00:00:00Z', '2026-01-15T00:00:01.500001Z', instant, '1.5')).toBe(false);
  });

  it.each<readonly [CanonicalForm, readonly Cell[]]>([
    [{ kind: 'number' }, ['-1', '2', '10', 'NaN', null]],
    [{ kind: 'double' }, ['-Infinity', -1, 9, 'Infinity', 'NaN', null]],
    [{ kind: 'text' }, ['', 'a', 'ab', 'b', '\uffff', '😀', null]],
    [{ kind: 'bytes' }, ['', 'AA==', 'YQ==', '/w==', null]],
    [{ kind: 'instant' }, ['-Infinity', '1969-01-01', '1970-01-01T00:00:00.5', 'Infinity', null]],
  ])('are ordered by size or by code point, NULL last: %j', (form, ordered) => {
    expect(ordered.toReversed().toSorted((a, b) => compareCells(a, b, form))).toEqual(ordered);
  });
});
