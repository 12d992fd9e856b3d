import type { ColumnKind, ColumnType } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { formWithin, pairForm } from './pair-form.js';

const type = (kind: ColumnKind): ColumnType => ({ kind, native: kind });
const form = (left: ColumnKind, right: ColumnKind, digits?: number) => pairForm(type(left), type(right), digits);

describe('the form in which two columns are compared', () => {
  it('is that of the wider type', () => {
    expect(form('integer', 'decimal')).toEqual({ kind: 'number' });
    expect(form('decimal', 'float')).toEqual({ kind: 'double' });
    expect(form('date', 'timestamp')).toEqual({ kind: 'instant' });
    expect(form('text', 'uuid')).toEqual({ kind: 'uuid' });
  });

  it('keeps digits where they mean something', () => {
    expect(form('decimal', 'integer', 2)).toEqual({ kind: 'number', digits: 2 });
    expect(form('float', 'integer', 2)).toEqual({ kind: 'double', digits: 2 });
    expect(form('timestamptz', 'timestamptz', 0)).toEqual({ kind: 'instant', digits: 0 });
    expect(form('text', 'text', 2)).toEqual({ kind: 'text' });
  });
});

describe('the form of a checksum that allows a tolerance', () => {
  it.each([
    ['1', 1],
    ['2', 0],
    ['100', 0],
    ['0.01', 3],
    ['0.02', 2],
  ])('rounds to steps of at most half of it: %s to %i digits', (tolerance, digits) => {
    expect(formWithin({ kind: 'number' }, tolerance)).toEqual({ kind: 'number', digits });
  });

  it('is exact where there is no room for so many digits, and without a tolerance', () => {
    expect(formWithin({ kind: 'double' }, '1e-16')).toEqual({ kind: 'double' });
    expect(formWithin({ kind: 'instant' }, '0.000001')).toEqual({ kind: 'instant' });
    expect(formWithin({ kind: 'number' }, '0')).toEqual({ kind: 'number' });
    expect(formWithin({ kind: 'number', digits: 3 }, undefined)).toEqual({ kind: 'number', digits: 3 });
  });
});
