import { addDays } from '../pipeline/days.js';
import type { OutputColumn, Pipeline, Select, Source } from '../pipeline/pipeline.js';
import type { Segment } from './fault.js';

/** A segment, and the condition that its rows meet. */
export interface Chosen {
  readonly segment: Segment | null;
  readonly condition: string;
}

const everywhere: Chosen = { segment: null, condition: 'TRUE' };

const equal = (column: string, expression: string, value: string): Chosen => ({
  segment: { column, value, is: 'equal' },
  condition: `${expression} = '${value}'`,
});

/** Rows of a source that one value of a category holds together, or that came since a day. */
export const segmentsOf = ({ today }: Pipeline, source: Source): readonly Chosen[] => [
  ...source.columns.flatMap(({ name, values = [] }) => values.map((value) => equal(name, name, value))),
  ...(source.time === null ? [] : [since(source.time, addDays(today, -3))]),
];

const since = (column: string, value: string): Chosen => ({
  segment: { column, value, is: 'from' },
  condition: `${column} >= DATE '${value}'`,
});

/** The same, and all rows. */
export const segmentsOrAll = (pipeline: Pipeline, source: Source): readonly Chosen[] => [
  ...segmentsOf(pipeline, source),
  everywhere,
];

/** Rows that a step makes, told apart by the categories that it gives out. */
export const segmentsOfSelect = (select: Select): readonly Chosen[] =>
  select.columns.flatMap(({ name, sql, values = [] }) => values.map((value) => equal(name, sql, value)));

export const segmentsOfSelectOrAll = (select: Select): readonly Chosen[] => [...segmentsOfSelect(select), everywhere];

/** Segments that another column tells: what is NULL cannot say where it is NULL. */
export const notOf = (column: Pick<OutputColumn, 'name'>, chosen: readonly Chosen[]): readonly Chosen[] =>
  chosen.filter(({ segment }) => segment?.column !== column.name);

/** For people: ` where market = DE`. */
export const inWords = (segment: Segment | null): string => {
  if (segment === null) return '';
  const words = {
    equal: `${segment.column} = ${segment.value}`,
    from: `since ${segment.value}`,
    on_day: `on ${segment.value}`,
  };
  return ` where ${words[segment.is]}`.replace('where since', 'since').replace('where on', 'on');
};
