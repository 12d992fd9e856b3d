import {
  createRegistry,
  defineRuleType,
  type JudgeContext,
  type Judgement,
  type Measurements,
  type ProbeContext,
} from '@aegis/rules';
import type { AggregateExpression, ColumnExpression, ColumnKind, JsonObject } from '@aegis/spec';
import { aggregate, compare, count, countAll, countIf, isFiniteValue, literal, trim } from '@aegis/sql';
import { z } from 'zod';

const numbers: ReadonlySet<ColumnKind> = new Set(['integer', 'decimal', 'float']);
const times: ReadonlySet<ColumnKind> = new Set(['date', 'timestamp', 'timestamptz']);

export const isNumber = (kind: ColumnKind): boolean => numbers.has(kind);
export const isTime = (kind: ColumnKind): boolean => times.has(kind);

/** A measurement that is no check: what was found is all that is wanted of it. */
const found = (measured: Measurements, outcome: Judgement['outcome'] = 'pass'): Judgement => ({
  outcome,
  rowsChecked: null,
  rowsFailed: null,
  unit: 'table',
  failedPercent: null,
  observed: measured as JsonObject,
  expected: {},
});

const measuring = {
  category: 'custom',
  summary: 'Measures, and judges nothing.',
  edgeCases: '',
  unit: 'table',
  example: {},
  cases: [],
} as const;

type Measures = { readonly [name: string]: AggregateExpression };

const measuresOf = (column: ColumnExpression): Measures => ({
  rows: countAll(),
  non_null: count(column),
  ...(isNumber(column.type.kind) && measuresOfNumbers(column)),
  ...(isTime(column.type.kind) && { min: aggregate('min', column), max: aggregate('max', column) }),
  ...(column.type.kind === 'text' && { blank: countIf(compare(trim(column), '=', literal('text', ''))) }),
});

/** Only floats hold values that are not finite. */
const measuresOfNumbers = (column: ColumnExpression): Measures => {
  const filter = column.type.kind === 'float' ? isFiniteValue(column) : undefined;
  return {
    ...(filter && { finite: countIf(filter) }),
    min: aggregate('min', column, filter),
    max: aggregate('max', column, filter),
    mean: aggregate('mean', column, filter),
    stddev: aggregate('stddev_sample', column, filter),
  };
};

const oneColumn = z.strictObject({ column: z.string() });
type OneColumn = z.output<typeof oneColumn>;

/** Aggregates of one column: those of all columns share one scan. */
const profileColumn = defineRuleType({
  ...measuring,
  name: 'profile_column',
  params: oneColumn,
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'any' }] }),
  probe: (context) => ({ kind: 'aggregate', measures: measuresOf(context.column(context.params.column)) }),
  judge: (measured) => found(measured),
});

/** How often values occur. "Failing" has the engine hand over the most frequent ones. */
const profileValues = defineRuleType({
  ...measuring,
  name: 'profile_values',
  params: oneColumn,
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'key' }] }),
  probe: (context) => ({ kind: 'frequency', keys: keysOf(context) }),
  judge: (measured) => found(measured, 'fail'),
  failingRows: (_measured, context: JudgeContext<OneColumn>) => ({ kind: 'duplicates', keys: keysOf(context) }),
});

const keysOf = (context: ProbeContext<OneColumn>): readonly ColumnExpression[] => [
  context.column(context.params.column),
];

/** The first rows, as the engine finds them. */
const profileRows = defineRuleType({
  ...measuring,
  name: 'profile_rows',
  params: z.strictObject({}),
  requires: () => ({ columns: [] }),
  probe: () => ({ kind: 'aggregate', measures: { rows: countAll() } }),
  judge: (measured) => found(measured, 'fail'),
  failingRows: () => ({ kind: 'condition', condition: literal('boolean', 'true') }),
});

/**
 * A profile is measured by rule types of its own, so that it shares scans, statistics, snapshots, limits and retries
 * with every run.
 */
export const profileTypes = createRegistry([profileColumn, profileValues, profileRows]);
