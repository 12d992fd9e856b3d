import type { ColumnExpression, Row, RowTest, Statement } from '@aegis/spec';
import { isTemporal } from './candidate-columns.js';
import type { SegmentCount } from './count-segments.js';
import type { EvidenceTable } from './evidence-table.js';
import { counted, countText, type Fact, percentText } from './fact.js';
import type { FailingOverlaps } from './failing-overlaps.js';

/** Rows that are compared with each other as a whole. */
export interface WholeRows {
  /** Those in which no row of the sample lacks a value, times of loading aside, and the keys of one of the rules. */
  readonly columns: readonly ColumnExpression[];
  /** The position of that rule: only rows that fail it can be repeated as a whole. */
  readonly among: number;
}

/** What is compared where keys repeat; `undefined` where there is nothing more than the keys. */
export const wholeRows = (
  { cases, columns }: EvidenceTable,
  samples: readonly (readonly Row[])[],
): WholeRows | undefined => {
  const repeated = cases.flatMap(({ test }, index) =>
    test.kind === 'duplicated' ? [{ keys: test.keys, index, rows: samples[index] ?? [] }] : [],
  );
  const rows = repeated.flatMap(({ rows }) => rows);
  const complete = columns.filter((column) => !isOfLoad(column) && rows.every((row) => row[column.name] != null));
  const isComplete = (key: ColumnExpression) => complete.some(({ name }) => name === key.name);
  const [nearest] = repeated
    .map((each) => ({ ...each, missing: each.keys.filter((key) => !isComplete(key)) }))
    .toSorted((left, right) => left.missing.length - right.missing.length || left.rows.length - right.rows.length);
  if (!nearest || rows.length === 0) return undefined;
  const compared = [...complete, ...nearest.missing];
  const addsColumns = repeated.some(({ keys }) => keys.length < compared.length);
  return addsColumns ? { columns: compared, among: nearest.index } : undefined;
};

/** Whether rows are repeated as a whole, the rules' tests being these. */
export const wholeRowTest = ({ columns, among }: WholeRows, tests: readonly RowTest[]): RowTest => ({
  kind: 'duplicated',
  keys: columns,
  among: tests[among],
});

/** When a row was loaded differs between two loads. */
const isOfLoad = (column: ColumnExpression): boolean =>
  isTemporal(column) && /load|ingest|insert|import|etl|sync|updated|modified/i.test(column.name);

/** Whether rows that share their keys share everything else too. The whole-row test was asked behind those of the cases. */
export const repeatedRowsFact = (
  { from, cases }: EvidenceTable,
  test: number,
  whole: WholeRows,
  { failing: failingRows }: SegmentCount,
  overlaps: FailingOverlaps,
  write: (statement: Statement) => string,
): readonly Fact[] => {
  const failing = cases[test];
  const rows = failingRows[test] ?? 0;
  if (failing?.test.kind !== 'duplicated' || rows === 0) return [];
  const more = whole.columns.length - failing.test.keys.length;
  const both = overlaps.both(test, cases.length);
  if (more <= 0 || (both > 0 && both < rows * 0.05)) return [];
  const wholeTest = wholeRowTest(
    whole,
    cases.map(({ test }) => test),
  );
  const statement: Statement = { kind: 'failing_overlaps', from, tests: [failing.test, wholeTest] };
  return [
    {
      kind: both === 0 ? 'distinct_rows' : 'repeated_rows',
      sentence:
        both === 0
          ? `No two of the ${countText(rows)} rows with repeated keys agree in the ${counted(more, 'other column')} that are filled: they differ in more than a second load would.`
          : `${both === rows ? `All ${countText(rows)}` : `${countText(both)} of the ${countText(rows)} (${percentText(both, rows)})`} rows with repeated keys are repeated in ${counted(more, 'other column')} too, as a second load of the same data would.`,
      numbers: { failing_rows: rows, repeated_rows: both, columns: whole.columns.map(({ name }) => name) },
      sql: write(statement),
    },
  ];
};
