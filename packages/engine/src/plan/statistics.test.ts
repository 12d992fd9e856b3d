import type { ColumnExpression, TableStatistics } from '@aegis/spec';
import { and, compare, count, countAll, countIf, isFiniteValue, isNan, isNull, literal, not, or } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { answerFromStatistics } from './statistics.js';

const column = (name: string, kind: ColumnExpression['type']['kind'] = 'integer'): ColumnExpression => ({
  kind: 'column',
  name,
  type: { kind, native: kind },
});
const x = column('x');
const five = literal('integer', '5');
const statistics = (columns: TableStatistics['columns']): TableStatistics => ({
  rowCount: '10',
  columns,
  source: 'test',
});
const known = statistics({ x: { nullCount: '2', min: '1', max: '9' } });
const full = statistics({ x: { nullCount: '0', min: '6', max: '9' } });

describe('exact statistics', () => {
  it('count rows, NULLs and values', () => {
    expect(answerFromStatistics(countAll(), known)).toBe('10');
    expect(answerFromStatistics(countIf(isNull(x)), known)).toBe('2');
    expect(answerFromStatistics(count(x), known)).toBe('8');
  });

  it('prove that no row violates bounds', () => {
    const outside = or(compare(x, '<', literal('integer', '1')), compare(x, '>', literal('decimal', '9.0')), isNan(x));
    expect(answerFromStatistics(countIf(outside), known)).toBe('0');
  });

  it('prove that every row violates', () => {
    expect(answerFromStatistics(countIf(compare(x, '>', five)), full)).toBe('10');
    expect(answerFromStatistics(countIf(not(compare(x, '>', five))), full)).toBe('0');
  });

  it('leave to a scan what bounds do not decide', () => {
    expect(answerFromStatistics(countIf(compare(x, '>', five)), known)).toBeUndefined();
    expect(answerFromStatistics(countIf(and(isNull(x), compare(x, '>', five))), known)).toBeUndefined();
  });

  it('do not count rows with NULL as violating', () => {
    const nullable = statistics({ x: { nullCount: '1', min: '6', max: '9' } });
    expect(answerFromStatistics(countIf(compare(x, '>', five)), nullable)).toBeUndefined();
  });

  it('say nothing of floats without bounds, which may hold NaN', () => {
    const y = column('y', 'float');
    const floats = statistics({ y: { nullCount: '0' } });
    expect(answerFromStatistics(countIf(isNan(y)), floats)).toBeUndefined();
    expect(answerFromStatistics(countIf(isFiniteValue(y)), floats)).toBeUndefined();
  });

  it('take bounds of floats as proof that there is no NaN and no infinity', () => {
    const y = column('y', 'float');
    const floats = statistics({ y: { nullCount: '0', min: '-1.5', max: '1e+300' } });
    const outside = (low: string, high: string) =>
      or(compare(y, '<', literal('float', low)), compare(y, '>', literal('float', high)), isNan(y));
    expect(answerFromStatistics(countIf(outside('-1.50', '1e300')), floats)).toBe('0');
    expect(answerFromStatistics(countIf(outside('-1.5', '9.9e299')), floats)).toBeUndefined();
    expect(answerFromStatistics(countIf(compare(y, '<', literal('float', 'Infinity'))), floats)).toBe('10');
    expect(answerFromStatistics(countIf(isFiniteValue(y)), floats)).toBe('10');
  });

  it('leave comparisons with NaN to the engine', () => {
    const y = column('y', 'float');
    const floats = statistics({ y: { nullCount: '0', min: '0', max: '1' } });
    expect(answerFromStatistics(countIf(compare(y, '<', literal('float', 'NaN'))), floats)).toBeUndefined();
  });

  it('compare dates and timestamps by time', () => {
    const at = column('at', 'timestamp');
    const bounds = statistics({ at: { nullCount: '0', min: '2024-01-01T00:00:00', max: '2024-01-31T23:59:59.5' } });
    const february = literal('timestamp', '2024-02-01 00:00:00');
    expect(answerFromStatistics(countIf(compare(at, '>=', february)), bounds)).toBe('0');
    expect(answerFromStatistics(countIf(compare(at, '<', february)), bounds)).toBe('10');
  });

  it('know nothing of columns that they do not list', () => {
    expect(answerFromStatistics(countIf(isNull(column('constructor'))), known)).toBeUndefined();
  });
});
