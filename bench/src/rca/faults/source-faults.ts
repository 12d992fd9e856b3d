import { addDays } from '../pipeline/days.js';
import type { Pipeline, Role, Source, SourceColumn } from '../pipeline/pipeline.js';
import type { Effect, Fault, FaultKind, FaultSites } from './fault.js';
import { type Chosen, inWords, notOf, segmentsOf, segmentsOrAll } from './segments.js';
import { defaultOf, truncated } from './wrong-values.js';

type Sites = (pipeline: Pipeline, source: Source) => readonly Fault[];

const sites =
  (ofSource: Sites): FaultSites =>
  (pipeline) =>
    pipeline.sources.flatMap((source) => ofSource(pipeline, source));

interface Found {
  readonly kind: FaultKind;
  readonly source: Source;
  readonly columns?: readonly string[];
  readonly segment?: Fault['segment'];
  readonly effect: Effect;
  readonly what: string;
  readonly sql: string;
}

const fault = ({ kind, source, columns = [], segment = null, effect, what, sql }: Found): Fault => ({
  ...{ kind, place: 'source', table: source.table, columns, segment, operation: null, effect },
  description: `${what} of ${source.table}${inWords(segment)}`,
  onSources: [sql],
});

const ofRole = ({ columns }: Source, ...roles: readonly Role[]): readonly SourceColumn[] =>
  columns.filter(({ role }) => roles.includes(role));

/** One column gets other values where a condition holds. */
const updates = (
  kind: FaultKind,
  source: Source,
  { name }: SourceColumn,
  value: string,
  { segment, condition }: Chosen,
  what: string,
): Fault =>
  fault({
    ...{ kind, source, columns: [name], segment, effect: 'values', what: `${name} ${what}` },
    sql: `UPDATE ${source.table} SET ${name} = ${value} WHERE ${condition}`,
  });

const nullSegment: Sites = (pipeline, source) =>
  ofRole(source, 'reference', 'amount', 'count', 'time', 'category', 'text', 'day').flatMap((column) =>
    notOf(column, segmentsOf(pipeline, source)).map((chosen) =>
      updates('null_segment', source, column, 'NULL', chosen, 'is NULL'),
    ),
  );

const asNumber = ({ name, type }: SourceColumn): string =>
  type === 'VARCHAR' ? `CAST(trim(${name}) AS DECIMAL(18, 2))` : name;

const wrongUnit: Sites = (pipeline, source) =>
  ofRole(source, 'amount').flatMap((column) =>
    segmentsOrAll(pipeline, source).flatMap((chosen) =>
      [100, 1000].map((factor) =>
        updates(
          'wrong_unit',
          source,
          column,
          `${asNumber(column)} * ${factor}`,
          chosen,
          `is ${factor} times too large`,
        ),
      ),
    ),
  );

/** The last day again, or all of it. */
const duplicateLoad: Sites = ({ today }, source) => {
  const yesterday = addDays(today, -1);
  const lastDay: Chosen | undefined =
    source.time === null
      ? undefined
      : {
          segment: { column: source.time, value: yesterday, is: 'from' },
          condition: `${source.time} >= DATE '${yesterday}'`,
        };
  const chosen: readonly Chosen[] = [...(lastDay ? [lastDay] : []), { segment: null, condition: 'TRUE' }];
  return chosen.map(({ segment, condition }) =>
    fault({
      ...{ kind: 'duplicate_load', source, segment, effect: 'more', what: 'rows are there twice' },
      sql: `INSERT INTO ${source.table} SELECT * FROM ${source.table} WHERE ${condition}`,
    }),
  );
};

const droppedPartition: Sites = ({ today }, source) =>
  source.time === null
    ? []
    : [-3, -2].map((days) => {
        const value = addDays(today, days);
        return fault({
          ...{ kind: 'dropped_partition', source, effect: 'fewer', what: 'a day is missing' },
          segment: { column: source.time ?? '', value, is: 'on_day' },
          sql: `DELETE FROM ${source.table} WHERE CAST(${source.time} AS DATE) = DATE '${value}'`,
        });
      });

const changedJoinKey: Sites = (pipeline, source) => {
  const keys = source.kind === 'dimension' ? ofRole(source, 'key', 'reference') : ofRole(source, 'reference');
  return keys
    .filter(({ type }) => type !== 'DATE')
    .flatMap((column) =>
      segmentsOrAll(pipeline, source).map((chosen) =>
        updates('changed_join_key', source, column, otherKey(column), chosen, 'is written in another way'),
      ),
    );
};

const otherKey = ({ name, type }: SourceColumn): string =>
  type === 'VARCHAR' ? `concat('0', ${name})` : `${name} + 9000000`;

/** Of the rows that the export is to hold, it holds those of one value only. */
const filterInverted: Sites = (_pipeline, source) =>
  source.kind === 'dimension'
    ? []
    : ofRole(source, 'category').flatMap(({ name, values = [] }) =>
        values.map((value) =>
          fault({
            ...{
              kind: 'filter_inverted',
              source,
              effect: 'fewer',
              what: `only rows with ${name} = ${value} were exported`,
            },
            sql: `DELETE FROM ${source.table} WHERE ${name} <> '${value}'`,
          }),
        ),
      );

const cutOff = (column: SourceColumn): string =>
  truncated(column.role, column.role === 'amount' ? asNumber(column) : column.name);

const typeTruncation: Sites = (pipeline, source) =>
  ofRole(source, 'amount', 'time', 'text', 'category').flatMap((column) =>
    notOf(column, segmentsOrAll(pipeline, source)).map((chosen) =>
      updates('type_truncation', source, column, cutOff(column), chosen, 'is cut off'),
    ),
  );

const defaultValue: Sites = (pipeline, source) =>
  ofRole(source, 'reference', 'amount', 'time', 'category', 'day').flatMap((column) =>
    notOf(column, segmentsOf(pipeline, source)).map((chosen) =>
      updates('default_value', source, column, defaultOf(column), chosen, 'holds a default'),
    ),
  );

const timezoneShift: Sites = (pipeline, source) =>
  ofRole(source, 'time').flatMap((column) =>
    segmentsOrAll(pipeline, source).flatMap((chosen) =>
      [-8, -6, 5, 9].map((hours) =>
        updates(
          'timezone_shift',
          source,
          column,
          `${column.name} + INTERVAL (${hours}) HOUR`,
          chosen,
          `is ${hours} hours off`,
        ),
      ),
    ),
  );

/** Facts end days ago; a dimension is the delivery of days ago. */
const staleSource: Sites = ({ today }, source) => {
  const last = addDays(today, -2);
  const found = { kind: 'stale_source', source, what: 'nothing new came' } as const;
  if (source.time !== null) {
    const segment = { column: source.time, value: last, is: 'from' } as const;
    const sql = `DELETE FROM ${source.table} WHERE ${source.time} >= DATE '${last}'`;
    return [fault({ ...found, segment, effect: 'fewer', sql })];
  }
  const stamp = stampOf(source);
  return [fault({ ...found, effect: 'any', sql: `UPDATE ${source.table} SET ${stamp} = ${stamp} - INTERVAL 3 DAY` })];
};

/** Some keys of a dimension have two rows, as if it kept versions. */
const fanoutJoin: Sites = (pipeline, source) =>
  source.kind === 'facts'
    ? []
    : segmentsOrAll(pipeline, source).map(({ segment, condition }) =>
        fault({
          ...{ kind: 'fanout_join', source, segment, effect: 'more', what: 'keys have two versions' },
          sql: `INSERT INTO ${source.table} SELECT * REPLACE (${versionOf(source)}) FROM ${source.table} WHERE ${condition}`,
        }),
      );

/** When a dimension was delivered. */
const stampOf = ({ columns }: Source): string => columns.at(-1)?.name ?? '';

const versionOf = (source: Source): string => {
  const amount = source.columns.find(({ role }) => role === 'amount');
  if (amount) return `${amount.name} + 1 AS ${amount.name}`;
  return `${stampOf(source)} - INTERVAL 1 HOUR AS ${stampOf(source)}`;
};

const swappedColumns: Sites = (pipeline, source) =>
  source.swappable.flatMap(([first, second]) =>
    segmentsOrAll(pipeline, source).map(({ segment, condition }) =>
      fault({
        ...{ kind: 'swapped_columns', source, columns: [first, second], segment, effect: 'values' },
        what: `${first} and ${second} are exchanged`,
        sql: `UPDATE ${source.table} SET ${first} = ${second}, ${second} = ${first} WHERE ${condition}`,
      }),
    ),
  );

export const sourceFaults: { readonly [kind in FaultKind]: FaultSites } = {
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
