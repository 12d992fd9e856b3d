import { type ColumnExpression, type ColumnKind, type JsonObject, PlanError } from '@aegis/spec';
import { z } from 'zod';
import { judgeBothSides, pairingColumns } from '../../judge/both-sides.js';
import { countOf } from '../../judge/counts.js';
import { sourceParams, sourceRequirements } from '../../judge/source.js';
import { defineRuleType } from '../../type/define.js';
import type { ComparedValue, Measurements, ProbeContext, RowComparison } from '../../type/rule-type.js';
import { columnName, columnNames, decimal, integer } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Compared {
  readonly column: string;
  readonly source_column?: string | undefined;
  readonly tolerance?: string | undefined;
  readonly round?: string | undefined;
}

interface Params {
  readonly key_columns: readonly string[];
  readonly source_key_columns?: readonly string[] | undefined;
  readonly columns: readonly (string | Compared)[];
  readonly source_table: string;
  readonly source_where?: string | undefined;
}

const comparedSchema = z
  .strictObject({
    column: columnName().describe('Column of the target.'),
    source_column: columnName().optional().describe('Its name in the source; the same by default.'),
    tolerance: decimal({ min: 0 })
      .optional()
      .describe('Largest difference that is none: a number, for times in seconds.'),
    round: integer({ min: 0, max: 15 })
      .optional()
      .describe('Digits after the decimal point that count. Numbers are rounded to them, seconds of times cut.'),
  })
  .refine(({ tolerance, round }) => tolerance === undefined || round === undefined, {
    error: 'takes tolerance or round, not both',
    path: ['round'],
  });

const comparedOf = ({ columns }: Params): readonly Compared[] =>
  columns.map((written) => (typeof written === 'string' ? { column: written } : written));

const nameOf = (written: string | Compared): string => (typeof written === 'string' ? written : written.column);

const sourceKeys = ({ key_columns, source_key_columns }: Params) => source_key_columns ?? key_columns;
const sourceColumn = ({ column, source_column }: Compared) => source_column ?? column;

const comparisonOf = (context: ProbeContext<Params>): RowComparison => ({
  targetKeys: context.params.key_columns.map((name) => context.column(name)),
  sourceKeys: sourceKeys(context.params).map((name) => context.column(name, 'source')),
  values: comparedOf(context.params).map((compared) => comparedValue(compared, context)),
});

const comparedValue = (compared: Compared, context: ProbeContext<Params>): ComparedValue => {
  const { tolerance, round } = compared;
  const target = context.column(compared.column);
  const source = context.column(sourceColumn(compared), 'source');
  if (tolerance !== undefined) checkMeasurable(target, 'tolerance');
  if (round !== undefined) checkMeasurable(target, 'round');
  return {
    target,
    source,
    ...(tolerance !== undefined && { tolerance }),
    ...(round !== undefined && { digits: Number(round) }),
  };
};

const measurable: ReadonlySet<ColumnKind> = new Set([
  'integer',
  'decimal',
  'float',
  'date',
  'time',
  'timestamp',
  'timestamptz',
]);

const checkMeasurable = ({ name, type }: ColumnExpression, param: string): void => {
  if (measurable.has(type.kind)) return;
  throw new PlanError('type-mismatch', `${param} needs a number or a time; column "${name}" is ${type.native}`);
};

/** `{ different_in_amount: 3 }`: how often each column differed, without those that never did. */
const differentByColumn = (measured: Measurements, params: Params): JsonObject =>
  Object.fromEntries(
    comparedOf(params)
      .map(({ column }, index) => [`different_in_${column}`, countOf(measured, `different_${index}`)] as const)
      .filter(([, count]) => count > 0),
  );

export const reconcileRows = defineRuleType({
  name: 'reconcile_rows',
  category: 'reconciliation',
  summary: 'Rows of the source and the target with the same key must hold the same values.',
  edgeCases:
    'NULL is the same as NULL, and NaN as NaN. Text is compared by code point, in the Unicode form in which it is stored. Rows that ' +
    'share a key are paired in the order of their values. Rows with a NULL in their key match nothing and are counted apart. Two empty ' +
    'sides pass.',
  unit: 'rows',
  params: z
    .strictObject({
      key_columns: columnNames().describe('Column or columns of the target that identify a row.'),
      source_key_columns: columnNames()
        .optional()
        .describe('Their names in the source, in order; the same by default.'),
      columns: z
        .array(z.union([columnName(), comparedSchema]))
        .min(1, 'must name at least one column')
        .refine((columns) => new Set(columns.map(nameOf)).size === columns.length, 'must name every column once')
        .describe(
          'Columns that must be the same: names, or mappings of `column` with its `source_column`, with a `tolerance` (the largest difference ' +
            'that is none; seconds for times), or with `round` (digits after the decimal point that count; seconds are cut).',
        ),
      ...sourceParams,
    })
    .refine(
      ({ key_columns, source_key_columns }) => !source_key_columns || key_columns.length === source_key_columns.length,
      { error: 'as many source key columns as key columns', path: ['source_key_columns'] },
    ),
  countedUnits: ['rows', 'percent'],
  requires: (params) => ({
    ...sourceRequirements(params),
    columns: [
      ...pairingColumns('key_columns', params.key_columns, params.source_key_columns),
      ...comparedOf(params).map(({ column: name }, index) => ({
        param: `columns.${index}`,
        name,
        accepts: 'key' as const,
      })),
      ...comparedOf(params).map((compared, index) => ({
        param: `columns.${index}`,
        name: sourceColumn(compared),
        relation: 'source' as const,
        accepts: 'key' as const,
      })),
    ],
  }),
  probe: (context) => ({ kind: 'row_difference', ...comparisonOf(context) }),
  judge: (measured, context) => {
    const different = countOf(measured, 'different');
    return judgeBothSides(measured, 'rows', context, {
      failed: different,
      observed: { different, ...differentByColumn(measured, context.params) },
      expected: { different_max: 0 },
    });
  },
  failingRows: (_measured, context) => ({ kind: 'row_difference', ...comparisonOf(context) }),
  example: {
    type: 'reconcile_rows',
    key_columns: ['order_id'],
    columns: ['status', { column: 'amount', tolerance: 0.01 }, { column: 'updated_at', round: 0 }],
    source_table: 'raw.orders',
  },
  cases,
});
