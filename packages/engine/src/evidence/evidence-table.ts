import type { Cell, ColumnExpression, Row, ScopedRelation, Statement } from '@aegis/spec';
import { aggregate } from '@aegis/sql';
import type { StatementRunner } from '../execute/runner.js';
import { candidateColumns } from './candidate-columns.js';
import { type Bounds, type Dimension, planDimensions, rangedColumns } from './dimensions.js';
import type { FailingCase } from './failing-case.js';

/** Failing rules of one table and filter: what is counted for one is counted for all. */
export interface EvidenceTable {
  readonly from: ScopedRelation;
  readonly cases: readonly FailingCase[];
  readonly columns: readonly ColumnExpression[];
  readonly runner: StatementRunner;
  /** IANA zone of naive values. */
  readonly timezone: string;
}

/** Most failing rows of a rule that are looked at. */
const mostSampled = 500;

export const evidenceTable = (
  cases: readonly [FailingCase, ...FailingCase[]],
  runner: StatementRunner,
): EvidenceTable => {
  const [{ prepared }] = cases;
  const own = new Set(cases.flatMap(({ ownColumns }) => [...ownColumns]));
  return {
    from: prepared.context.relation('target'),
    cases,
    columns: candidateColumns(prepared.target, own),
    runner,
    timezone: prepared.context.timezone,
  };
};

/** Whether there is a column that some rule is not about. */
export const canBeParted = ({ columns, cases }: EvidenceTable): boolean =>
  columns.some(({ name }) => cases.some(({ ownColumns }) => !ownColumns.has(name)));

export const ask = (table: EvidenceTable, statement: Statement, limit: number, cases = table.cases) =>
  table.runner.shownRows(
    statement,
    limit,
    cases.map(({ prepared }) => prepared.rule.id),
  );

/** Some of the failing rows of each rule, in the order of the cases: one statement each. */
export const sampleFailing = (table: EvidenceTable): Promise<readonly (readonly Row[])[]> =>
  Promise.all(
    table.cases.map((failing) => {
      const { from, columns } = table;
      const statement: Statement = { kind: 'failing_rows', from, test: failing.test, columns, limit: mostSampled };
      return columns.length === 0 ? [] : ask(table, statement, mostSampled, [failing]);
    }),
  );

/** Dimensions of the table for these samples, with the bounds of what is cut into ranges: one statement. */
export const dimensionsOf = async (
  table: EvidenceTable,
  samples: readonly (readonly Row[])[],
): Promise<readonly Dimension[]> => {
  const bounds = await boundsOf(table, rangedColumns(table.columns, samples));
  return planDimensions(table.columns, samples, bounds, table.timezone);
};

const boundsOf = async (table: EvidenceTable, columns: readonly ColumnExpression[]): Promise<Bounds> => {
  if (columns.length === 0) return new Map();
  const measures = columns.flatMap((column, index) => [
    { alias: `m${2 * index}`, expression: aggregate('min', column) },
    { alias: `m${2 * index + 1}`, expression: aggregate('max', column) },
  ]);
  const [row = {}] = await ask(table, { kind: 'aggregate', from: table.from, measures }, 1);
  const cell = (index: number): Cell => row[`m${index}`] ?? null;
  return new Map(columns.map(({ name }, index) => [name, [cell(2 * index), cell(2 * index + 1)] as const]));
};
