import type { ColumnExpression, Measure, Row, RowTest, ScopedRelation, Statement } from '@aegis/spec';
import { countIf } from '@aegis/sql';
import type { StatementRunner } from '../execute/runner.js';
import { type Bounds, boundMeasures, finiteBounds } from './bounds.js';
import { candidateColumns } from './candidate-columns.js';
import { rangedColumns } from './dimensions.js';
import type { FailingCase } from './failing-case.js';
import type { PromisingProbe } from './promising-probes.js';
import { profileMeasures, readProfile, type ValueProfile } from './value-profile.js';

export type Cases = readonly [FailingCase, ...FailingCase[]];

/** Failing rules of one table and filter: what is counted for one is counted for all. */
export interface EvidenceTable {
  readonly from: ScopedRelation;
  readonly cases: readonly FailingCase[];
  /** The tests of the cases as statements ask them; facts show the tests themselves. */
  readonly asked: readonly RowTest[];
  readonly columns: readonly ColumnExpression[];
  readonly runner: StatementRunner;
  /** IANA zone of naive values. */
  readonly timezone: string;
}

/** Most failing rows of a rule that are looked at. */
export const mostSampled = 500;

export const evidenceTable = (cases: Cases, runner: StatementRunner): EvidenceTable => {
  const [{ prepared }] = cases;
  const own = new Set(cases.flatMap(({ ownColumns }) => [...ownColumns]));
  return {
    from: prepared.context.relation('target'),
    cases,
    asked: cases.map(({ test }) => test),
    columns: candidateColumns(prepared.target, own),
    runner,
    timezone: prepared.context.timezone,
  };
};

export const ask = (table: EvidenceTable, statement: Statement, limit: number, cases = table.cases) =>
  table.runner.shownRows(
    statement,
    limit,
    cases.map(({ prepared }) => prepared.rule.id),
  );

/** Some of the failing rows of a rule. */
export const sampleFailing = async (table: EvidenceTable, failing: FailingCase): Promise<readonly Row[]> => {
  const { from, columns } = table;
  const statement: Statement = { kind: 'failing_rows', from, test: failing.test, columns, limit: mostSampled };
  return columns.length === 0 ? [] : ask(table, statement, mostSampled, [failing]);
};

/** Bounds of what is cut into ranges, the values of what rules judge, and how often guesses are right: one statement, or two. */
export interface Measured {
  readonly bounds: Bounds;
  /** In the order of the cases. */
  readonly profiles: readonly (ValueProfile | undefined)[];
  /** Rows for which the probe at a position is right, failing or not. */
  readonly guessed: readonly number[];
}

export const measure = async (
  table: EvidenceTable,
  samples: readonly (readonly Row[])[],
  probes: readonly PromisingProbe[],
): Promise<Measured> => {
  const ranged = rangedColumns(table.columns, samples);
  const measures = [
    ...boundMeasures(ranged),
    ...table.cases.flatMap((failing, index) =>
      profileMeasures(failing).map(({ alias, expression }) => ({ alias: `r${index}_${alias}`, expression })),
    ),
    ...probes.map(({ probe }, index) => ({ alias: `p${index}`, expression: countIf(probe.condition) })),
  ];
  if (measures.length === 0) return { bounds: new Map(), profiles: [], guessed: [] };
  const askFor = (measures: readonly Measure[]) => ask(table, { kind: 'aggregate', from: table.from, measures }, 1);
  const [row = {}] = await askFor(measures);
  return {
    bounds: await finiteBounds(ranged, row, askFor),
    profiles: table.cases.map((failing, index) => readProfile(failing, row, `r${index}_`)),
    guessed: probes.map((_, index) => Number(row[`p${index}`] ?? 0)),
  };
};
