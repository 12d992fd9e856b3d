import type { ColumnExpression, Measure, ScopedRelation, Statement } from '@aegis/spec';
import { countAll, countIf, isNull, not } from '@aegis/sql';
import type { StatementRunner } from '../execute/runner.js';
import { boundMeasures, finiteBounds } from './bounds.js';
import { timeColumn } from './candidate-columns.js';
import { readSegmentCounts } from './count-segments.js';
import { type Cuts, timeCuts } from './edges.js';
import { counted, countText, type Fact, listText } from './fact.js';
import { rangeSegment } from './segment.js';

/** A table whose rules about all of it fail. */
export interface WholeTable {
  readonly from: ScopedRelation;
  readonly columns: readonly ColumnExpression[];
  readonly timezone: string;
  readonly now: string;
  readonly ruleIds: readonly string[];
}

const leastBuckets = 5;
const mostTold = 3;

/** Days (hours, months) with far more or fewer rows than is usual, or none: two statements, shared by the rules. */
export const volumeFacts = async (table: WholeTable, runner: StatementRunner): Promise<readonly Fact[]> => {
  const column = timeColumn(table.columns);
  const cuts = column && (await cutsOf(table, column, runner));
  if (!column || !cuts) return [];
  const buckets = await bucketsOf(table, column, cuts, runner);
  const fact = oddBuckets(buckets, cuts, column);
  if (!fact) return [];
  const { buckets: told, ...rest } = fact;
  const sql = runner.warehouse.dialect.statement(countStatement(table, column, cuts, told));
  return [{ ...rest, sql }];
};

const cutsOf = async (
  { from, timezone, ruleIds }: WholeTable,
  column: ColumnExpression,
  runner: StatementRunner,
): Promise<Cuts | undefined> => {
  const ask = (measures: readonly Measure[]) => runner.shownRows({ kind: 'aggregate', from, measures }, 1, ruleIds);
  const [row = {}] = await ask(boundMeasures([column]));
  const bounds = (await finiteBounds([column], row, ask)).get(column.name);
  return bounds && timeCuts(column, bounds, timezone);
};

/** Rows of each bucket, from the first to the last. */
const bucketsOf = async (
  { from, ruleIds }: WholeTable,
  column: ColumnExpression,
  { edges }: Cuts,
  runner: StatementRunner,
): Promise<readonly number[]> => {
  const limit = edges.length + 3;
  const statement: Extract<Statement, { kind: 'segment_counts' }> = {
    ...{ kind: 'segment_counts', from, limit, sets: [[0]], keepEmpty: [0] },
    tests: [{ kind: 'condition', condition: not(isNull(column)) }],
    dimensions: [{ by: 'range', column, edges }],
  };
  const { bySet } = readSegmentCounts(statement, await runner.shownRows(statement, limit, ruleIds));
  const buckets = new Array<number>(edges.length + 1).fill(0);
  for (const { values, rows } of bySet.get('0') ?? []) if (values[0] !== null) buckets[Number(values[0])] = rows;
  return buckets;
};

interface OddBuckets extends Fact {
  readonly buckets: readonly number[];
}

/** The first and the last bucket may be incomplete: only a last one with too many rows is odd. */
const oddBuckets = (buckets: readonly number[], cuts: Cuts, column: ColumnExpression): OddBuckets | undefined => {
  const inner = buckets.slice(1, -1);
  const usual = median(inner.filter((rows) => rows > 0));
  const isUsual = (rows: number) => rows > usual * 0.5 && rows < usual * 1.8;
  if (inner.length < leastBuckets || usual < 4 || inner.filter(isUsual).length < inner.length * 0.7) return undefined;
  const odd = buckets
    .map((rows, index) => ({ rows, index }))
    .filter(({ rows, index }) => index > 0 && !isUsual(rows) && (index < buckets.length - 1 || rows > usual))
    .toSorted((left, right) => Math.abs(right.rows - usual) - Math.abs(left.rows - usual))
    .slice(0, mostTold)
    .sort((left, right) => left.index - right.index);
  if (odd.length === 0) return undefined;
  const label = (index: number) => rangeSegment(column, cuts, index, index).text.replace(`${column.name} `, '');
  const unit = cuts.unit ?? 'day';
  return {
    kind: 'volume',
    sentence: `A usual ${unit} by ${column.name} has ${counted(usual, 'row')}; ${listText(odd.map(({ rows, index }) => `${rows === 0 ? 'none' : countText(rows)} ${label(index)}`))}.`,
    numbers: {
      ...{ column: column.name, unit, usual_rows: usual },
      values: { [column.name]: odd.map(({ index }) => label(index).replace(/^on /, '')) },
      odd_rows: odd.map(({ rows }) => rows),
    },
    buckets: odd.map(({ index }) => index),
  };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const countStatement = (
  { from }: WholeTable,
  column: ColumnExpression,
  cuts: Cuts,
  buckets: readonly number[],
): Statement => ({
  kind: 'aggregate',
  from,
  measures: [
    { alias: 'all_rows', expression: countAll() },
    ...buckets.map((bucket, index) => ({
      alias: `odd_${index}`,
      expression: countIf(rangeSegment(column, cuts, bucket, bucket).condition),
    })),
  ],
});
