import type { Join, OutputColumn, Role, Select, Source, SourceColumn, Stage, Step } from '../pipeline/pipeline.js';

/** Draws of one pipeline as SQL over `i`: the same for the same row, whatever else is generated. */
export const drawsOf = (seed: number) => {
  const below = (salt: string, bound: number) =>
    `(md5_number_lower(concat('${seed}:${salt}:', i)) % ${bound})::INTEGER`;
  return {
    below,
    oneOf: (salt: string, values: readonly string[]) =>
      `[${values.map((value) => `'${value}'`).join(', ')}][1 + ${below(salt, values.length)}]`,
    /** A time of day between two hours of `on_day`. */
    at: (salt: string, fromHour: number, toHour: number) =>
      `on_day + INTERVAL ${fromHour} HOUR + ${below(salt, (toHour - fromHour) * 3600)} * INTERVAL 1 SECOND`,
  };
};

export type Draws = ReturnType<typeof drawsOf>;

/** A column of a source. */
export const given = (
  name: string,
  role: Role,
  type: string,
  sql: string,
  values?: readonly string[],
): SourceColumn => ({ ...{ name, role, type, sql }, ...(values && { values: [...new Set(values)] }) });

/** A column that a step makes. */
export const made = (name: string, role: Role, sql: string, values?: readonly string[]): OutputColumn => ({
  ...{ name, role, sql },
  ...(values && { values: [...new Set(values)] }),
});

export const facts = (
  table: string,
  rows: number,
  time: string,
  columns: readonly SourceColumn[],
  swappable: Source['swappable'] = [],
): Source => ({ ...{ table, kind: 'facts', rows, columns, time, swappable }, key: keyOf(columns) });

export const dimension = (
  table: string,
  rows: number,
  columns: readonly SourceColumn[],
  swappable: Source['swappable'] = [],
): Source => ({ ...{ table, kind: 'dimension', rows, columns, time: null, swappable }, key: keyOf(columns) });

const keyOf = (columns: readonly SourceColumn[]): string =>
  columns.find(({ role }) => role === 'key')?.name ?? columns[0]?.name ?? '';

export const select = (
  from: readonly [table: string, alias: string],
  columns: readonly OutputColumn[],
  more: Partial<Omit<Select, 'from' | 'alias' | 'columns'>> = {},
): Select => ({
  ...{ from: from[0], alias: from[1], columns },
  ...{ joins: [], where: [], groupBy: [], latest: null, ...more },
});

export const join = (
  kind: Join['kind'],
  [table, alias]: readonly [table: string, alias: string],
  on: Join['on'],
  wrongKey?: string,
): Join => ({ kind, table, alias, on, wrongKey });

export const step = (
  output: string,
  stage: Stage,
  selects: Select | readonly Select[],
  more: Partial<Pick<Step, 'form' | 'day' | 'swappable'>> = {},
): Step => ({
  ...{ output, stage, form: 'table', day: null, swappable: [] },
  ...{ selects: 'from' in selects ? [selects] : selects, ...more },
});

/** Columns of an earlier step, handed on as they are. */
export const handedOn = (alias: string, columns: readonly OutputColumn[]): readonly OutputColumn[] =>
  columns.map((column) => ({ ...column, sql: `${alias}.${column.name}` }));
