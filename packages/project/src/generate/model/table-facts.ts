import type { Redactor } from '@aegis/llm/redaction';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';

/** What a model is told of the values: masked, or nothing. */
export interface FactsOptions {
  readonly redactor: Redactor;
  readonly showsValues: boolean;
  /** Whether a column's values are personal as a whole. */
  readonly isPersonal: (column: string) => boolean;
}

/** Of a very wide table, the columns after so many characters are told by name and type only. */
const mostCharacters = 24_000;
const longestValue = 60;

/** The table as lines of text: columns with types, NULLs, different values, bounds and the most frequent values. */
export const tableFacts = (table: string, profile: TableProfile, options: FactsOptions): string => {
  const lines = [`Table ${table}: ${profile.rows} rows`];
  let length = 0;
  for (const column of profile.columns) {
    const line = length < mostCharacters ? columnFacts(column, profile.rows, options) : columnHead(column);
    length += line.length;
    lines.push(line);
  }
  return lines.join('\n');
};

const columnHead = ({ name, native }: ColumnProfile): string => `- ${name} (${native})`;

const columnFacts = (column: ColumnProfile, rows: number, options: FactsOptions): string => {
  const facts = [...counts(column, rows), ...(options.showsValues ? valuesOf(column, options) : [])];
  return `${columnHead(column)}: ${facts.join(', ') || 'not measured'}`;
};

const counts = ({ nonNull, distinct, blank, nonFinite }: ColumnProfile, rows: number): readonly string[] => [
  ...(nonNull === undefined ? [] : [nonNull === rows ? 'no NULL' : `${rows - nonNull} NULL`]),
  ...(distinct === undefined ? [] : [`${distinct} different values`]),
  ...(blank ? [`${blank} blank`] : []),
  ...(nonFinite ? [`${nonFinite} NaN or infinite`] : []),
];

const valuesOf = (column: ColumnProfile, options: FactsOptions): readonly string[] =>
  options.isPersonal(column.name) ? ['values are personal and not shown'] : shownValues(column, options);

const shownValues = (column: ColumnProfile, options: FactsOptions): readonly string[] => {
  const { min, max, mean, stddev, values, examples } = column;
  const show = (value: string): string => shown(column.name, value, options);
  return [
    ...(min === undefined || max === undefined ? [] : [`${show(min)} to ${show(max)}`]),
    ...(mean === undefined ? [] : [`mean ${short(mean)}`]),
    ...(stddev === undefined ? [] : [`standard deviation ${short(stddev)}`]),
    ...(values.length === 0
      ? []
      : [`values ${values.map(({ value, rows }) => `${show(value)} (${rows})`).join(', ')}`]),
    ...(values.length > 0 || examples.length === 0 || min !== undefined
      ? []
      : [`e.g. ${examples.slice(0, 5).map(show).join(', ')}`]),
  ];
};

const shown = (column: string, value: string, { redactor }: FactsOptions): string => {
  const masked = String(redactor.cell(column, value));
  return JSON.stringify(masked.length > longestValue ? `${masked.slice(0, longestValue)}…` : masked);
};

const short = (number: string): string =>
  Number.isFinite(Number(number)) ? String(Number(Number(number).toPrecision(6))) : number;
