import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './suggest.js';

describe('nearest', () => {
  it('finds a word that is a slip away', () => {
    expect(nearest('postgress', ['duckdb', 'postgres'])).toBe('postgres');
    expect(nearest('DuckDb', ['duckdb', 'postgres'])).toBe('duckdb');
  });

  it('stays silent when nothing is near', () => {
    expect(nearest('snowflake', ['duckdb', 'postgres'])).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('falls back on the other sentence', () => {
    expect(didYouMean('timezon', ['timezone'])).toBe('Did you mean "timezone"?');
    expect(didYouMean('zzz', ['timezone'], 'Known keys: timezone.')).toBe('Known keys: timezone.');
  });
});
