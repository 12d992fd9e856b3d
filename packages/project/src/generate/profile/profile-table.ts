import type { ColumnDescription, JsonValue, Row, RuleResult } from '@aegis/spec';
import { closerLooks } from './closer-looks.js';
import { type Measured, measure, observedOf, type TableSource, type Wanted } from './measure.js';
import { countValues, firstRows, mostValues } from './sampled-values.js';
import type { ColumnProfile, TableProfile, ValueCount } from './table-profile.js';

/**
 * Measures a table: one scan for the aggregates of all columns, the first rows, and then how often values occur in the
 * columns that look like keys or like a few fixed values.
 * @throws PlanError `missing-table`, WarehouseError
 */
export const profileTable = async (source: TableSource): Promise<TableProfile> => {
  await source.warehouse.connect();
  const description = await source.catalog.describe(source.table);
  const first = await measure(source, [allRows, ...description.columns.map(aggregatesOf)], firstRows);
  const rows = Number(observedOf(first.results.get(allRows.id)).rows);
  const sample = first.results.get(allRows.id)?.sample ?? [];
  const described = description.columns.map((column) => columnProfile(column, first, sample));
  const isWhole = sample.length === rows;
  const looks = isWhole ? [] : closerLooks(described, rows, sample);
  const second = await measure(source, looks.map(valuesOf), mostValues + 1);
  return {
    description,
    rows,
    columns: described.map((column) =>
      isWhole ? withCounted(column, sample) : withValues(column, second.results.get(column.name)),
    ),
    notes: notesOf([...first.results.values(), ...second.results.values()]),
    statements: first.statements + second.statements + source.catalog.asked,
    bytesScanned: sum(first.bytesScanned, second.bytesScanned),
  };
};

const allRows: Wanted = { id: 'rows', type: 'profile_rows', params: {} };

const aggregatesOf = ({ name }: ColumnDescription): Wanted => ({
  id: `column ${name}`,
  type: 'profile_column',
  params: { column: name },
});

const valuesOf = ({ name }: ColumnProfile): Wanted => ({
  id: name,
  type: 'profile_values',
  params: { column: name },
});

const columnProfile = (column: ColumnDescription, { results }: Measured, sample: readonly Row[]): ColumnProfile => {
  const result = results.get(aggregatesOf(column).id);
  const observed = result?.error === null ? result.observed : {};
  const nonNull = numberOf(observed.non_null);
  const finite = numberOf(observed.finite);
  return {
    name: column.name,
    kind: column.type.kind,
    native: column.type.native,
    nonNull,
    min: textOf(observed.min),
    max: textOf(observed.max),
    mean: textOf(observed.mean),
    stddev: textOf(observed.stddev),
    blank: numberOf(observed.blank),
    ...(nonNull !== undefined && finite !== undefined && { nonFinite: nonNull - finite }),
    values: [],
    examples: countValues(sample, column.name).map(({ value }) => value),
  };
};

/** Of a table that was read whole, the values are counted here. */
const withCounted = (column: ColumnProfile, sample: readonly Row[]): ColumnProfile => {
  const counts = countValues(sample, column.name);
  return { ...column, distinct: counts.length, values: counts.length > mostValues ? [] : counts };
};

const withValues = (column: ColumnProfile, result: RuleResult | undefined): ColumnProfile => {
  if (result?.error !== null) return column;
  const distinct = numberOf(result.observed.distinct_keys);
  const values = result.sample.map((row) => valueCount(row, column.name));
  return { ...column, distinct, values: values.length > mostValues ? [] : values };
};

const valueCount = (row: Row, column: string): ValueCount => ({
  value: String(row[column]),
  rows: Number(row.occurrences),
});

const numberOf = (value: JsonValue | undefined): number | undefined =>
  value === undefined || value === null ? undefined : Number(value);

const textOf = (value: JsonValue | undefined): string | undefined =>
  value === undefined || value === null ? undefined : String(value);

const notesOf = (results: readonly RuleResult[]): readonly string[] =>
  results.flatMap(({ columns, error }) =>
    error === null ? [] : [`column ${columns.join(', ') || '?'} could not be measured: ${error.message}`],
  );

const sum = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left + right;
