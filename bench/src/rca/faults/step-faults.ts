import { addDays, dailyLoads } from '../pipeline/days.js';
import type { Join, OutputColumn, Role, Select, Step } from '../pipeline/pipeline.js';
import type { BrokenStep, Effect, Fault, FaultKind, FaultSites } from './fault.js';
import { type Chosen, inWords, notOf, segmentsOfSelect, segmentsOfSelectOrAll } from './segments.js';
import { defaultOf, truncated } from './wrong-values.js';

type Sites = (step: Step, today: string) => readonly Fault[];

const sites =
  (ofStep: Sites): FaultSites =>
  ({ steps, today }) =>
    steps.flatMap((step) => ofStep(step, today));

interface Found {
  readonly kind: FaultKind;
  readonly step: Step;
  readonly columns?: readonly string[];
  readonly segment?: Fault['segment'];
  readonly effect: Effect;
  readonly what: string;
  readonly broken: Omit<BrokenStep, 'output'>;
}

const fault = ({ kind, step, columns = [], segment = null, effect, what, broken }: Found): Fault => ({
  ...{ kind, place: 'transformation', table: step.output, columns, segment, operation: step.output, effect },
  description: `${what} by the step that makes ${step.output}${inWords(segment)}`,
  ...{ onSources: [], onStep: { output: step.output, ...broken } },
});

const ofRole = (select: Select, ...roles: readonly Role[]): readonly OutputColumn[] =>
  select.columns.filter(({ role, sql }) => roles.includes(role) && !select.groupBy.includes(sql));

/** The step with its first query changed. */
const withSelect = (step: Step, change: (select: Select) => Select): Step => ({
  ...step,
  selects: step.selects.map((select, index) => (index === 0 ? change(select) : select)),
});

const withColumn = (step: Step, name: string, sql: string): Step =>
  withSelect(step, (select) => ({
    ...select,
    columns: select.columns.map((column) => (column.name === name ? { ...column, sql } : column)),
  }));

/** One column is made wrongly where a condition holds. */
const remakes = (
  kind: FaultKind,
  step: Step,
  column: OutputColumn,
  value: string,
  { segment, condition }: Chosen,
  what: string,
): Fault => {
  const sql = segment === null ? value : `CASE WHEN ${condition} THEN ${value} ELSE ${column.sql} END`;
  return fault({
    ...{ kind, step, columns: [column.name], segment, effect: 'values', what: `${column.name} ${what}` },
    broken: { step: withColumn(step, column.name, sql) },
  });
};

const ofFirst =
  (ofSelect: (step: Step, select: Select) => readonly Fault[]): Sites =>
  (step) =>
    step.selects.slice(0, 1).flatMap((select) => ofSelect(step, select));

const nullSegment = ofFirst((step, select) =>
  ofRole(select, 'reference', 'amount', 'count', 'time', 'category', 'text', 'day').flatMap((column) =>
    notOf(column, segmentsOfSelect(select)).map((chosen) =>
      remakes('null_segment', step, column, 'NULL', chosen, 'is made NULL'),
    ),
  ),
);

const wrongUnit = ofFirst((step, select) =>
  ofRole(select, 'amount').flatMap((column) =>
    segmentsOfSelectOrAll(select).flatMap((chosen) =>
      [100, 1000].map((factor) =>
        remakes('wrong_unit', step, column, `(${column.sql}) * ${factor}`, chosen, `is made ${factor} times too large`),
      ),
    ),
  ),
);

/** Of a daily step: other loads than each once. */
const reloads = (
  kind: FaultKind,
  step: Step,
  what: string,
  loads: readonly number[],
  more: Pick<Found, 'segment' | 'effect'>,
) => fault({ ...{ kind, step, what, broken: { loads } }, ...more });

const all = Array.from({ length: dailyLoads }, (_, index) => index);
const dayOfLoad = (today: string, load: number): string => addDays(today, load - dailyLoads);

const timeOf = ({ selects, day }: Step): string =>
  selects[0]?.columns.find(({ role, sql }) => (role === 'time' || role === 'day') && day?.includes(sql))?.name ?? '';

const duplicateLoad: Sites = (step, today) =>
  step.form !== 'daily'
    ? []
    : [dailyLoads - 2, dailyLoads - 1].map((load) =>
        reloads('duplicate_load', step, 'a day is loaded twice', [...all, load], {
          ...{ segment: { column: timeOf(step), value: dayOfLoad(today, load), is: 'on_day' }, effect: 'more' },
        }),
      );

const droppedPartition: Sites = (step, today) =>
  step.form !== 'daily'
    ? []
    : [dailyLoads - 3, dailyLoads - 2].map((load) =>
        reloads(
          'dropped_partition',
          step,
          'a day is not loaded',
          all.filter((each) => each !== load),
          {
            ...{ segment: { column: timeOf(step), value: dayOfLoad(today, load), is: 'on_day' }, effect: 'fewer' },
          },
        ),
      );

const staleSource: Sites = (step, today) =>
  step.form !== 'daily'
    ? []
    : [2, 3].map((days) =>
        reloads('stale_source', step, `the last ${days} days are not loaded`, all.slice(0, -days), {
          ...{ segment: { column: timeOf(step), value: addDays(today, -days), is: 'from' }, effect: 'fewer' },
        }),
      );

const withJoin = (step: Step, broken: Join, change: Partial<Join>): Step =>
  withSelect(step, (select) => ({
    ...select,
    joins: select.joins.map((join) => (join === broken ? { ...join, ...change } : join)),
  }));

/** The columns that an expression names, without the tables. */
const namedIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/\b[a-z]\w*\.([a-z]\w*)\b/g)].flatMap(([, column]) => column ?? []);

/** What comes from a joined table, and the keys that fetch it: those that should, and those that do. */
const columnsThrough = (select: Select, { alias, on, wrongKey = '' }: Join): readonly string[] => [
  ...[...on.slice(0, 1).flat(), wrongKey].flatMap(namedIn),
  ...select.columns.filter(({ sql }) => new RegExp(`\\b${alias}\\.`).test(sql)).map(({ name }) => name),
];

const changedJoinKey = ofFirst((step, select) =>
  select.joins.flatMap((join) => {
    const [first, ...others] = join.on;
    if (first === undefined || join.wrongKey === undefined) return [];
    const on: Join['on'] = [[join.wrongKey, first[1]], ...others];
    return [
      fault({
        ...{ kind: 'changed_join_key', step, columns: [...new Set(columnsThrough(select, join))], effect: 'any' },
        what: `${join.table} is joined by ${join.wrongKey}`,
        broken: { step: withJoin(step, join, { on }) },
      }),
    ];
  }),
);

const filterInverted = ofFirst((step, select) =>
  select.where.map((condition) =>
    fault({
      ...{ kind: 'filter_inverted', step, effect: 'any', what: `the filter ${condition} is inverted` },
      broken: {
        step: withSelect(step, (each) => ({
          ...each,
          where: each.where.map((other) => (other === condition ? `NOT (${condition})` : other)),
        })),
      },
    }),
  ),
);

const typeTruncation = ofFirst((step, select) =>
  ofRole(select, 'amount', 'time', 'text', 'category').flatMap((column) =>
    notOf(column, segmentsOfSelectOrAll(select)).map((chosen) =>
      remakes('type_truncation', step, column, truncated(column.role, column.sql), chosen, 'is cut off'),
    ),
  ),
);

const defaultValue = ofFirst((step, select) =>
  ofRole(select, 'reference', 'amount', 'time', 'category', 'day').flatMap((column) =>
    notOf(column, segmentsOfSelect(select)).map((chosen) =>
      remakes('default_value', step, column, defaultOf(column), chosen, 'is made a default'),
    ),
  ),
);

const timezoneShift = ofFirst((step, select) =>
  ofRole(select, 'time').flatMap((column) =>
    segmentsOfSelectOrAll(select).flatMap((chosen) =>
      [-8, -6, 5, 9].map((hours) =>
        remakes(
          'timezone_shift',
          step,
          column,
          `${column.sql} + INTERVAL (${hours}) HOUR`,
          chosen,
          `is made ${hours} hours off`,
        ),
      ),
    ),
  ),
);

const fanoutJoin = ofFirst((step, select) =>
  select.joins.flatMap((join) => [
    ...(join.on.length > 1 ? [fansOut(step, join, { on: join.on.slice(0, 1) }, 'by a part of its key')] : []),
    ...(join.finer !== undefined ? [fansOut(step, join, { table: join.finer }, 'before it is summed up')] : []),
  ]),
);

const fansOut = (step: Step, join: Join, change: Partial<Join>, how: string): Fault =>
  fault({
    ...{ kind: 'fanout_join', step, effect: 'any', what: `${join.table} is joined ${how}` },
    broken: { step: withJoin(step, join, change) },
  });

const swappedColumns = ofFirst((step, select) =>
  step.swappable.flatMap((pair) => {
    const [first, second] = pair.map((name) => select.columns.find((column) => column.name === name)?.sql);
    if (first === undefined || second === undefined) return [];
    return segmentsOfSelectOrAll(select).map(({ segment, condition }) => {
      const choose = (value: string, other: string) =>
        segment === null ? value : `CASE WHEN ${condition} THEN ${value} ELSE ${other} END`;
      const exchanged = withColumn(withColumn(step, pair[0], choose(second, first)), pair[1], choose(first, second));
      return fault({
        ...{ kind: 'swapped_columns', step, columns: pair, segment, effect: 'values', broken: { step: exchanged } },
        what: `${pair[0]} and ${pair[1]} are exchanged`,
      });
    });
  }),
);

export const stepFaults: { readonly [kind in FaultKind]: FaultSites } = {
  null_segment: sites(nullSegment),
  wrong_unit: sites(wrongUnit),
  duplicate_load: sites(duplicateLoad),
  dropped_partition: sites(droppedPartition),
  changed_join_key: sites(changedJoinKey),
  filter_inverted: sites(filterInverted),
  type_truncation: sites(typeTruncation),
  default_value: sites(defaultValue),
  timezone_shift: sites(timezoneShift),
  stale_source: sites(staleSource),
  fanout_join: sites(fanoutJoin),
  swapped_columns: sites(swappedColumns),
};
