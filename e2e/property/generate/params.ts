import fc from 'fast-check';
import { likeness } from '../oracle/relation.js';
import type { ComparedColumn, Predicate, RuleParams, RuleTypeName, Table, World } from '../world.js';
import { predicates } from './predicates.js';
import { columnFor, columnsFor, figureFor, valueFor } from './values.js';

/** Params of every rule type that fit a world, or nearly. `undefined` where the world gives a type nothing to read. */
export type ParamGenerators = {
  readonly [Type in RuleTypeName]: (world: World) => fc.Arbitrary<RuleParams[Type]> | undefined;
};

const percents = fc.constantFrom('0', '7', '25', '33.33', '33.34', '50', '99.99', '100');
const tolerances = fc.constantFrom('0', '0.0000001', '1', '33.33', '33.34', '50', '100', '200');

interface Bounds {
  readonly min_value?: string;
  readonly max_value?: string;
}

/** One bound or both; a range that nothing can lie in is refused when rules are loaded. */
const boundsOf = (value: fc.Arbitrary<string>): fc.Arbitrary<Bounds> =>
  fc.oneof(
    fc.record({ min_value: value }),
    fc.record({ max_value: value }),
    fc.record({ min_value: value, max_value: value }).filter(isOrdered),
  );

const isOrdered = ({ min_value: min, max_value: max }: { readonly min_value: string; readonly max_value: string }) =>
  !(Number(min) > Number(max)) && !(min === max ? false : Number(min) === Number(max)) && !isLaterDay(min, max);

const day = /^\d{4}-\d\d-\d\d/;
const isLaterDay = (min: string, max: string): boolean =>
  day.test(min) && day.test(max) && min.slice(0, 10) > max.slice(0, 10);

const boundedColumn = (table: Table, family: 'comparable' | 'numeric') =>
  columnFor(table, family).chain((column) =>
    boundsOf(family === 'numeric' ? figureFor(table, column) : valueFor(table, column)).map((bounds) => ({
      column,
      ...bounds,
    })),
  );

const listed = ({ target }: World) =>
  columnFor(target, 'comparable').chain((column) =>
    fc.array(valueFor(target, column), { minLength: 1, maxLength: 4 }).map((values) => ({ column, values })),
  );

/** Columns of two tables that may be compared: mostly those in the same place, else others of a like kind, or any. */
const pairedColumns = (left: Table, right: Table): fc.Arbitrary<readonly [readonly string[], readonly string[]]> =>
  columnsFor(left, 'key').chain((names) =>
    fc
      .tuple(...names.map((name) => partnerOf(name, left, right)))
      .filter((chosen) => new Set(chosen.map((name) => name.toLowerCase())).size === chosen.length)
      .map((chosen) => [names, chosen] as const),
  );

const partnerOf = (name: string, left: Table, right: Table): fc.Arbitrary<string> => {
  const index = left.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const column = left.columns[index];
  const twin = right.columns[index]?.name;
  if (column === undefined || twin === undefined) return columnFor(right, 'key');
  const alike = right.columns.filter(({ kind }) => likeness(kind) === likeness(column.kind));
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(twin) },
    { weight: 4, arbitrary: fc.constantFrom(...alike.map((each) => each.name)) },
    { weight: 1, arbitrary: columnFor(right, 'key') },
  );
};

const exactness = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ tolerance: fc.constantFrom('0', '0.1', '0.5', '1', '86400') }) },
  { weight: 1, arbitrary: fc.record({ round: fc.constantFrom('0', '1', '3', '6', '10') }) },
);

/** Pairs of columns, some of which may differ a little. */
const comparedColumns = ({ target, source }: World): fc.Arbitrary<readonly ComparedColumn[]> =>
  pairedColumns(target, source).chain(([columns, source_columns]) =>
    fc.tuple(
      ...columns.map((column, index) =>
        exactness.map((extra) => ({ column, source_column: source_columns[index] ?? column, ...extra })),
      ),
    ),
  );

const sourceFilter = ({ source }: World): fc.Arbitrary<{ readonly source_where?: Predicate }> => {
  const where = predicates(source);
  const none = fc.constant({});
  return where
    ? fc.oneof(
        { weight: 3, arbitrary: none },
        where.map((source_where) => ({ source_where })),
      )
    : none;
};

/** Patterns that JavaScript reads as the portable subset does. */
const patterns = [
  ...['a', '^a$', '^$', '^[A-Z]{3}-\\d{4}$', '\\d', '\\w', '^\\W*$', '\\\\', '[\'"]', '[^a-z]', '^(?:a|b|é)?$'],
  ...['(a|A)b?', '\\p{L}', '^\\P{L}+$', '[😀-😂]', '\\x{1F600}'.replace('\\x{1F600}', '😀{1,2}'), '\\s', '^\\S+$', '%'],
];

const whole = (count: number) => fc.constantFrom(...[-1, 0, 1].map((step) => String(Math.max(0, count + step))));

export const paramGenerators: ParamGenerators = {
  not_null: ({ target }) => fc.record({ columns: columnsFor(target, 'any') }),
  not_empty_string: ({ target }) => fc.record({ column: columnFor(target, 'text') }),
  null_percentage_below: ({ target }) => fc.record({ column: columnFor(target, 'any'), threshold: percents }),
  unique: ({ target }) => fc.record({ column: columnFor(target, 'key') }),
  composite_unique: ({ target }) => fc.record({ columns: columnsFor(target, 'key') }),
  duplicate_percentage_below: ({ target }) => fc.record({ column: columnFor(target, 'key'), threshold: percents }),
  sql_expression: ({ target }) => predicates(target)?.map((expression) => ({ expression })),
  between: ({ target }) => boundedColumn(target, 'comparable'),
  min_value_check: ({ target }) =>
    columnFor(target, 'comparable').chain((column) =>
      valueFor(target, column).map((min_value) => ({ column, min_value })),
    ),
  max_value_check: ({ target }) =>
    columnFor(target, 'comparable').chain((column) =>
      valueFor(target, column).map((max_value) => ({ column, max_value })),
    ),
  regex_match: ({ target }) => fc.record({ column: columnFor(target, 'text'), pattern: fc.constantFrom(...patterns) }),
  accepted_values: listed,
  not_accepted_values: listed,
  no_future_dates: ({ target }) => fc.record({ column: columnFor(target, 'temporal') }),
  column_exists: ({ target }) => fc.record({ column: columnFor(target, 'any') }),
  foreign_key: ({ target, reference }) =>
    pairedColumns(target, reference).map(([columns, reference_columns]) => ({ columns, reference_columns })),
  conditional_not_null: ({ target }) =>
    predicates(target)?.chain((condition) => columnFor(target, 'any').map((column) => ({ column, condition }))),
  mean_between: ({ target }) => boundedColumn(target, 'numeric'),
  column_sum_between: ({ target }) => boundedColumn(target, 'numeric'),
  stddev_below: ({ target }) =>
    fc.record({ column: columnFor(target, 'numeric'), threshold: fc.constantFrom('0', '0.5', '1', '2', '1000000') }),
  freshness: ({ target }) =>
    fc.record({
      column: columnFor(target, 'temporal'),
      threshold: fc.constantFrom('0', '0.5', '1', '12', '24', '720', '100000'),
      unit: fc.constantFrom('minutes' as const, 'hours' as const, 'days' as const),
    }),
  date_order: ({ target }) =>
    fc.record({ column: columnFor(target, 'temporal'), column_b: columnFor(target, 'temporal') }),
  row_count: ({ target }) => fc.record({ threshold: whole(target.rows.length) }),
  row_count_between: ({ target }) => boundsOf(whole(target.rows.length)),
  custom_sql: ({ target }) => {
    const counts = fc
      .integer({ min: 0, max: target.rows.length })
      .map((count) => ({ kind: 'is_count' as const, count }));
    const rows = predicates(target)?.map((having) => ({ kind: 'rows' as const, having }));
    return (rows ? fc.oneof({ weight: 3, arbitrary: rows }, counts) : counts).map((query) => ({ query }));
  },
  reconcile_row_count: (world) =>
    sourceFilter(world).chain((filter) => tolerances.map((tolerance_pct) => ({ tolerance_pct, ...filter }))),
  reconcile_column_sum: (world) =>
    fc
      .record({
        column: columnFor(world.target, 'numeric'),
        source_column: columnFor(world.source, 'numeric'),
        tolerance_pct: tolerances,
        filter: sourceFilter(world),
      })
      .map(({ filter, ...params }) => ({ ...params, ...filter })),
  reconcile_key_match: (world) =>
    fc
      .tuple(pairedColumns(world.target, world.source), sourceFilter(world))
      .map(([[columns, source_columns], filter]) => ({ columns, source_columns, ...filter })),
  reconcile_rows: (world) =>
    fc
      .tuple(pairedColumns(world.target, world.source), comparedColumns(world), sourceFilter(world))
      .map(([[key_columns, source_key_columns], columns, filter]) => ({
        key_columns,
        source_key_columns,
        columns,
        ...filter,
      })),
  zscore_outlier: ({ target }) =>
    fc.record({
      column: columnFor(target, 'numeric'),
      zscore_threshold: fc.constantFrom('0', '1', '1.5', '2', '3', '3.1'),
    }),
  isolation_forest: ({ target }) =>
    fc.record(
      { columns: columnsFor(target, 'numeric'), contamination: fc.constantFrom('0', '0.1', '0.25', '0.5') },
      { requiredKeys: ['columns'] },
    ),
  learned_threshold: ({ target }) =>
    fc.oneof(
      fc.record({ metric: fc.constant('row_count' as const), ...learning }),
      fc.record({ column: columnFor(target, 'any'), metric: fc.constant('null_percent' as const), ...learning }),
      fc.record({
        column: columnFor(target, 'numeric'),
        metric: fc.constantFrom('mean' as const, 'sum' as const, 'min' as const, 'max' as const, 'stddev' as const),
        ...learning,
      }),
    ),
};

const learning = {
  zscore_threshold: fc.constantFrom('0', '1', '3'),
  min_history_days: fc.constantFrom('2', '3', '7'),
};
