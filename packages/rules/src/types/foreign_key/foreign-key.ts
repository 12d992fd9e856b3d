import { isNull, or } from '@aegis/sql';
import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeViolations, rowCounts } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import type { ProbeContext } from '../../type/rule-type.js';
import { columnNames, tableReference } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Params {
  readonly columns: readonly string[];
  readonly reference_table: string;
  readonly reference_columns: readonly string[];
}

const keysOf = (context: ProbeContext<Params>) => ({
  keys: context.params.columns.map((name) => context.column(name)),
  referenceKeys: context.params.reference_columns.map((name) => context.column(name, 'reference')),
});

export const foreignKey = defineRuleType({
  name: 'foreign_key',
  category: 'consistency',
  summary: 'Every value must occur in the key column of another table.',
  edgeCases:
    'NULL is ignored, as is a composite key with any NULL (MATCH SIMPLE); `nulls: fail` counts such rows. A NULL in the parent hides nothing.',
  unit: 'rows',
  params: z
    .strictObject({
      columns: columnNames().describe('Referencing column or columns.'),
      reference_table: tableReference().describe('Table that holds the keys.'),
      reference_columns: columnNames().describe('Referenced column or columns, in the order of `columns`.'),
    })
    .refine(({ columns, reference_columns }) => columns.length === reference_columns.length, {
      error: 'as many reference columns as columns',
      path: ['reference_columns'],
    }),
  countedUnits: ['rows', 'keys', 'percent'],
  acceptsNulls: true,
  requires: ({ columns, reference_table, reference_columns }) => ({
    columns: [
      ...columns.map((name, index) => ({ param: `columns.${index}`, name, accepts: 'key' as const })),
      ...reference_columns.map((name, index) => ({
        param: `reference_columns.${index}`,
        name,
        relation: 'reference' as const,
        accepts: 'key' as const,
      })),
    ],
    tables: { reference: reference_table },
  }),
  probe: (context) => ({ kind: 'reference', ...keysOf(context) }),
  judge: (measured, context) => {
    const rows = countOf(measured, 'rows');
    const unmatched = countOf(measured, 'unmatched_rows');
    const incomplete = rows - countOf(measured, 'complete');
    const failed = unmatched + (context.nulls === 'fail' ? incomplete : 0);
    return judgeViolations(
      {
        ...rowCounts(rows, failed),
        keys: countOf(measured, 'unmatched_keys'),
        reportsAllUnits: true,
        observed: {
          unmatched_rows: unmatched,
          unmatched_keys: countOf(measured, 'unmatched_keys'),
          incomplete_keys: incomplete,
        },
        expected: { reference: `${context.params.reference_table}(${context.params.reference_columns.join(', ')})` },
      },
      context,
    );
  },
  failingRows: (measured, context) =>
    countOf(measured, 'unmatched_rows') === 0
      ? { kind: 'condition', condition: or(...keysOf(context).keys.map(isNull)) }
      : { kind: 'unmatched', ...keysOf(context) },
  fix: (_sample, context) => {
    const { keys, referenceKeys } = keysOf(context);
    const [[column, ...others], [referenceColumn]] = [keys, referenceKeys];
    if (!column || !referenceColumn || others.length > 0 || context.nulls === 'fail') return undefined;
    const { table: reference } = context.relation('reference');
    if (reference.kind === 'file') return undefined;
    return {
      change: { column, value: { kind: 'null' }, rows: { kind: 'unmatched', column, reference, referenceColumn } },
      confidence: 'low',
      caveat: `Forgets what the rows pointed to. If rows of ${context.params.reference_table} are missing, add those instead.`,
    };
  },
  example: { type: 'foreign_key', column: 'customer_id', reference_table: 'customers', reference_column: 'id' },
  cases,
});
