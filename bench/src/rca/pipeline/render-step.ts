import { addDays, dailyLoads } from './days.js';
import type { Join, OutputColumn, Select, Step } from './pipeline.js';

/** How somebody writes SQL. It changes the text and never the meaning. */
export interface Style {
  /** `WITH source AS (SELECT * FROM …)` before a statement that reads one table. */
  readonly names: 'tables' | 'ctes';
  /** How the newest row of a key is kept. */
  readonly latest: 'qualify' | 'subquery';
}

/** The statements of a step, in order, for a run in the morning of `day`. */
export const stepSql = (step: Step, day: string, today: string, style: Style): readonly string[] => {
  if (step.form !== 'daily') return [`CREATE ${step.form.toUpperCase()} ${step.output} AS ${selectsSql(step, style)}`];
  const first = addDays(today, -dailyLoads);
  const load = (condition: string) => selectsSql(limited(step, condition), style);
  return [
    `CREATE TABLE ${step.output} AS ${load(`${step.day} < DATE '${first}'`)}`,
    ...loadedDays(day, today).map((each) => `INSERT INTO ${step.output} ${load(`${step.day} = DATE '${each}'`)}`),
  ];
};

/** The days that have a load of their own, oldest first. */
export const loadedDays = (day: string, today: string): readonly string[] =>
  Array.from({ length: dailyLoads }, (_, index) => addDays(today, index - dailyLoads)).filter((each) => each < day);

const limited = (step: Step, condition: string): Step => ({
  ...step,
  selects: step.selects.map((select) => ({ ...select, where: [condition, ...select.where] })),
});

const selectsSql = ({ selects }: Step, style: Style): string => {
  const names = selects.length === 1 ? style.names : 'tables';
  return selects.map((select) => selectSql(select, { ...style, names })).join(' UNION ALL ');
};

const selectSql = (select: Select, style: Style): string => {
  const named = style.names === 'ctes' && select.joins.length === 0 ? 'ctes' : 'tables';
  return named === 'ctes' ? withCte(select, style) : bodySql(select, select.from, style);
};

const withCte = (select: Select, style: Style): string =>
  `WITH source AS (SELECT * FROM ${select.from}), final AS (${bodySql(select, 'source', style)}) SELECT * FROM final`;

const bodySql = (select: Select, from: string, style: Style): string => {
  if (!select.latest) return plainSql(select, from, []);
  const { key, order } = select.latest;
  const number = `row_number() OVER (PARTITION BY ${key} ORDER BY ${order})`;
  if (style.latest === 'qualify') return `${plainSql(select, from, [])} QUALIFY ${number} = 1`;
  const names = select.columns.map(({ name }) => name).join(', ');
  return `SELECT ${names} FROM (${plainSql(select, from, [`${number} AS row_no`])}) AS numbered WHERE row_no = 1`;
};

const plainSql = (select: Select, from: string, more: readonly string[]): string =>
  [
    `SELECT ${[...select.columns.map(columnSql), ...more].join(', ')}`,
    `FROM ${from} AS ${select.alias}`,
    ...select.joins.map(joinSql),
    ...(select.where.length > 0 ? [`WHERE ${select.where.join(' AND ')}`] : []),
    ...(select.groupBy.length > 0 ? [`GROUP BY ${select.groupBy.join(', ')}`] : []),
  ].join(' ');

const columnSql = ({ name, sql }: OutputColumn): string => `${sql} AS ${name}`;

const joinSql = ({ kind, table, alias, on }: Join): string =>
  `${kind} ${table} AS ${alias} ON ${on.map(([left, right]) => `${left} = ${right}`).join(' AND ')}`;
