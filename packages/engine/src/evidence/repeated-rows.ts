import type { ColumnExpression, Row, RowTest, Statement } from '@aegis/spec';
import { isTemporal } from './candidate-columns.js';
import type { SegmentCount } from './count-segments.js';
import type { EvidenceTable } from './evidence-table.js';
import { counted, countText, type Fact, percentText } from './fact.js';
import type { FailingOverlaps } from './failing-overlaps.js';

/** A test whether rows are repeated in all columns in which no row of the sample lacks a value, times of loading aside. */
export const wholeRowTest = (
  { cases, columns }: EvidenceTable,
  samples: readonly (readonly Row[])[],
): { readonly test: RowTest; readonly columns: readonly ColumnExpression[] } | undefined => {
  const repeated = cases.map(({ test }) => (test.kind === 'duplicated' ? test.keys.length : undefined));
  const rows = samples.flatMap((sample, index) => (repeated[index] === undefined ? [] : sample));
  const complete = columns.filter((column) => !isOfLoad(column) && rows.every((row) => row[column.name] != null));
  const addsColumns = repeated.some((keys) => keys !== undefined && keys < complete.length);
  return rows.length > 0 && addsColumns
    ? { columns: complete, test: { kind: 'duplicated', keys: complete } }
    : undefined;
};

/** When a row was loaded differs between two loads. */
const isOfLoad = (column: ColumnExpression): boolean =>
  isTemporal(column) && /load|ingest|insert|import|etl|sync|updated|modified/i.test(column.name);

/** Whether rows that share their keys share everything else too. `whole` is the position of the whole-row test. */
export const repeatedRowsFact = (
  { from, cases }: EvidenceTable,
  test: number,
  whole: { readonly index: number; readonly test: RowTest; readonly columns: readonly ColumnExpression[] },
  { failing: failingRows }: SegmentCount,
  overlaps: FailingOverlaps,
  write: (statement: Statement) => string,
): readonly Fact[] => {
  const failing = cases[test];
  const rows = failingRows[test] ?? 0;
  if (failing?.test.kind !== 'duplicated' || rows === 0) return [];
  const more = whole.columns.length - failing.test.keys.length;
  const both = overlaps.both(test, whole.index);
  if (more <= 0 || (both > 0 && both < rows * 0.05)) return [];
  const statement: Statement = { kind: 'failing_overlaps', from, tests: [failing.test, whole.test] };
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
