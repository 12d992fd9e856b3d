import { addDays, daysOfData } from './days.js';
import type { Pipeline, Source } from './pipeline.js';

/** Makes a source as it is delivered in the morning of `day`. */
export const sourceSql = (pipeline: Pipeline, source: Source, day: string): string => {
  const columns = source.columns.map(({ name, sql, type }) => `(${sql})::${type} AS ${name}`);
  return `CREATE TABLE ${source.table} AS SELECT ${columns.join(', ')} FROM (${rowsOf(pipeline, source, day)})`;
};

/** `i`, `d`, the dates of its day and of the delivery. */
const rowsOf = ({ today }: Pipeline, { kind, rows }: Source, day: string): string => {
  const start = addDays(today, -daysOfData);
  const age = daysBetween(start, day);
  const [count, d] = kind === 'facts' ? [rows * age, `range // ${rows}`] : [rows, '0'];
  return `SELECT range AS i, ${d} AS d, DATE '${start}' + (${d})::INTEGER AS on_day, DATE '${day}' AS today FROM range(${count})`;
};

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
