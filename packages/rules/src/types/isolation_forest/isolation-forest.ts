import type { Row } from '@aegis/spec';
import Big from 'big.js';
import { z } from 'zod';
import { countOf, displayPercent } from '../../judge/counts.js';
import { judgeViolations, notApplicable } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import type { JudgeContext } from '../../type/rule-type.js';
import { columnNames, decimal } from '../../type/scalars.js';
import { cases } from './cases.js';
import { anomalyScores, type Point } from './forest.js';

interface Params {
  readonly columns: readonly string[];
  readonly contamination?: string | undefined;
}

/** Rows that are scored; larger tables are sampled. */
const sampleLimit = 10_000;
/** Evenly spread points stay below, and a point five deviations from normal ones is above: docs/decisions/0011. */
const automaticCut = 0.75;

interface Scored {
  readonly row: Row;
  readonly score: number;
}

const numbersOf = (row: Row, columns: readonly string[]): Point => columns.map((name) => Number(row[name]));

/** Rows with a value that is not finite are anomalies by definition and do not train the forest. */
const scoreRows = (rows: readonly Row[], columns: readonly string[]): readonly Scored[] => {
  const isFinitePoint = (row: Row) => numbersOf(row, columns).every(Number.isFinite);
  const finite = rows.filter(isFinitePoint);
  const scores = anomalyScores(finite.map((row) => numbersOf(row, columns)));
  const others = rows.filter((row) => !isFinitePoint(row)).map((row) => ({ row, score: 1 }));
  return [...others, ...finite.map((row, index) => ({ row, score: scores[index] ?? 0.5 }))];
};

/** The share that was asked for, highest scores first; without one, all above the automatic cut. */
const anomaliesOf = (scored: readonly Scored[], contamination: string | undefined): readonly Scored[] => {
  const ranked = scored.toSorted((left, right) => right.score - left.score);
  if (contamination === undefined) return ranked.filter(({ score }) => score > automaticCut);
  const wanted = Number(new Big(contamination).times(scored.length).round(0, Big.roundDown));
  return ranked.slice(0, wanted).filter(({ score }) => score > 0.5);
};

const judge = (rows: number, context: JudgeContext<Params>) => {
  const { params } = context;
  const names = params.columns.map((name) => context.column(name).name);
  const anomalies = anomaliesOf(scoreRows(context.rows, names), params.contamination);
  const sampled = context.rows.length;
  const observed = { anomalies: anomalies.length, rows_sampled: sampled };
  const expected = params.contamination === undefined ? {} : { contamination: params.contamination };
  if (sampled === 0) return notApplicable('no rows to judge', { rowsChecked: rows, unit: 'rows', observed, expected });
  const failed = anomalies.length;
  return {
    ...judgeViolations(
      {
        unit: 'rows',
        rowsChecked: rows,
        failed,
        rows: failed,
        keys: null,
        values: null,
        outOf: sampled,
        observed,
        expected,
      },
      context,
    ),
    failedPercent: displayPercent(failed, sampled),
    rowsSampled: sampled,
    sample: anomalies.map(({ row, score }) => ({ ...row, anomaly_score: Math.round(score * 1000) / 1000 })),
  };
};

export const isolationForest = defineRuleType({
  name: 'isolation_forest',
  category: 'statistics',
  summary: 'No row may be easy to set apart from all others by its numbers (isolation forest).',
  edgeCases:
    'Rows with NULL are left out. NaN and infinities are anomalies and do not train the forest. Tables of more than 10,000 rows are sampled; the percentage is of the sample. The same data gives the same answer.',
  unit: 'rows',
  params: z.strictObject({
    columns: columnNames().describe('Numeric columns that are looked at together.'),
    contamination: decimal({ min: 0, max: 0.5 })
      .optional()
      .describe('Share of rows to expect as anomalies, from 0 to 0.5; without it, only rows that clearly stand apart.'),
  }),
  countedUnits: ['rows', 'percent'],
  requires: ({ columns }) => ({
    columns: columns.map((name, index) => ({ param: `columns.${index}`, name, accepts: 'numeric' })),
  }),
  probe: ({ params, column }) => ({
    kind: 'row_sample',
    columns: params.columns.map((name) => column(name)),
    limit: sampleLimit,
  }),
  judge: (measured, context) => judge(countOf(measured, 'rows'), context),
  example: { type: 'isolation_forest', columns: ['amount', 'quantity'] },
  cases,
});
