import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';

/** What the generated SQL may hold in a dialect. */
export interface Features {
  readonly quote: '"' | '`';
  /** `'it\'s'` in place of `'it''s'`. */
  readonly escapesWithBackslash: boolean;
  readonly textType: string;
  readonly wholeType: string;
  readonly has: ReadonlySet<Feature>;
}

export type Feature =
  | 'filter'
  | 'qualify'
  | 'lateral'
  | 'values'
  | 'short cast'
  | 'offset'
  | 'named window'
  | 'distinct on'
  | 'grouping sets'
  | 'any'
  | 'ilike'
  | 'series'
  | 'nulls order'
  | 'positional join'
  | 'semi join'
  | 'by name'
  | 'recursive'
  | 'array query'
  | 'substring from';

const features = (
  quote: Features['quote'],
  textType: string,
  wholeType: string,
  ...has: readonly Feature[]
): Features => ({
  quote,
  escapesWithBackslash: quote === '`',
  textType,
  wholeType,
  has: new Set(has),
});

export const featuresOf: Readonly<Record<DialectName, Features>> = {
  duckdb: features(
    '"',
    'VARCHAR',
    'INTEGER',
    ...(['filter', 'qualify', 'lateral', 'values', 'short cast', 'offset', 'named window', 'distinct on'] as const),
    ...(['grouping sets', 'any', 'ilike', 'series', 'nulls order', 'positional join', 'semi join', 'by name'] as const),
    ...(['recursive', 'array query', 'substring from'] as const),
  ),
  postgres: features(
    '"',
    'text',
    'integer',
    ...([
      'filter',
      'lateral',
      'values',
      'short cast',
      'offset',
      'named window',
      'distinct on',
      'grouping sets',
    ] as const),
    ...(['any', 'ilike', 'series', 'nulls order', 'recursive', 'array query', 'substring from'] as const),
  ),
  bigquery: features(
    '`',
    'STRING',
    'INT64',
    'qualify',
    'offset',
    'named window',
    'nulls order',
    'recursive',
    'array query',
  ),
  databricks: features(
    '`',
    'STRING',
    'INT',
    ...(['filter', 'qualify', 'values', 'short cast', 'offset', 'grouping sets', 'ilike', 'nulls order'] as const),
    'semi join',
  ),
  athena: features('"', 'varchar', 'integer', 'filter', 'values', 'grouping sets', 'any', 'nulls order', 'recursive'),
};
