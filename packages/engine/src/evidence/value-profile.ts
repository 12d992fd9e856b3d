import type { AggregateFunction, Cell, ColumnExpression, Expression, Measure, Row, Statement } from '@aegis/spec';
import { aggregate, and, compare, not, toDouble } from '@aegis/sql';
import { isNumeric, isTemporal } from './candidate-columns.js';
import { judgedColumn } from './condition-shape.js';
import { constant } from './edges.js';
import type { Fact } from './fact.js';
import type { FailingCase } from './failing-case.js';

/** What the values of the judged column are where the rule fails, and where it holds. */
export interface ValueProfile {
  readonly column: ColumnExpression;
  readonly figures: { readonly [name: string]: Cell };
}

/** `failing_min`, `passing_min`, …: measures of the column that a rule judges, where it holds numbers or times. */
export const profileMeasures = ({ test }: FailingCase): readonly Measure[] => {
  const column = judgedColumn(test);
  if (!column || test.kind !== 'condition' || !(isNumeric(column) || isTemporal(column))) return [];
  const names: readonly AggregateFunction[] = isNumeric(column)
    ? ['min', 'max', 'mean', 'stddev_sample']
    : ['min', 'max'];
  const operand = (name: AggregateFunction) => (name === 'min' || name === 'max' ? column : toDouble(column));
  const isUsable = usable(column);
  return names.flatMap((name) => [
    { alias: `failing_${name}`, expression: aggregate(name, operand(name), and(test.condition, ...isUsable)) },
    { alias: `passing_${name}`, expression: aggregate(name, operand(name), and(not(test.condition), ...isUsable)) },
  ]);
};

/** Of NaN, infinities and numbers whose squares are none, engines refuse a deviation, and with it all that is asked beside. */
const usable = (column: ColumnExpression): readonly Expression[] => {
  const [least, most] = column.type.kind === 'float' ? [constant(column, '-1e18'), constant(column, '1e18')] : [];
  return least && most ? [compare(column, '>=', least), compare(column, '<=', most)] : [];
};

export const readProfile = (failing: FailingCase, row: Row, prefix: string): ValueProfile | undefined => {
  const column = judgedColumn(failing.test);
  const measures = profileMeasures(failing);
  if (!column || measures.length === 0) return undefined;
  return {
    column,
    figures: Object.fromEntries(measures.map(({ alias }) => [alias, row[`${prefix}${alias}`] ?? null])),
  };
};

const boundNames = /_(min|max)$/;

/** Where failing values lie, and whether they look like the others in another unit. */
export const profileFacts = (
  failing: FailingCase,
  profile: ValueProfile,
  write: (statement: Statement) => string,
): readonly Fact[] => {
  const from = failing.prepared.context.relation('target');
  const sqlOf = (isBounds: boolean) => {
    const measures = profileMeasures(failing).filter(({ alias }) => boundNames.test(alias) === isBounds);
    return write({ kind: 'aggregate', from, measures });
  };
  const [unit, range] = [unitOf(profile), rangeOf(profile)];
  return [...(unit ? [{ ...unit, sql: sqlOf(false) }] : []), ...(range ? [{ ...range, sql: sqlOf(true) }] : [])];
};

const rangeOf = ({ column: { name }, figures }: ValueProfile): Fact | undefined => {
  const bounds = ['failing_min', 'failing_max', 'passing_min', 'passing_max'].map((key) => figures[key] ?? null);
  const [low, high, lowest, highest] = bounds.map((bound) => bound ?? null);
  if (low == null || high == null || low === high) return undefined;
  const others = lowest == null ? '' : `, the others from ${lowest} to ${highest}`;
  return {
    kind: 'failing_range',
    sentence: `The failing values of ${name} run from ${low} to ${high}${others}.`,
    numbers: {
      column: name,
      values: { [name]: bounds.filter((bound) => bound !== null).map(String) },
    },
  };
};

/** Bounds are values of rows, and stand with those. */
const figuresWithoutBounds = (figures: ValueProfile['figures']) =>
  Object.fromEntries(Object.entries(figures).filter(([key]) => !boundNames.test(key)));

const shown = (number: number): string =>
  Number(number.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 });

/** Likely factors first: powers of ten, then time, length, weight. */
const factors = [
  100, 1000, 10, 1_000_000, 10_000, 60, 3600, 24, 86_400, 2.54, 25.4, 12, 1.609344, 3.28084, 2.204623, 4.54609,
  28.349523,
];

/** Mean and deviation of failing values are those of the others, times a factor. */
const unitOf = ({ column: { name }, figures }: ValueProfile): Fact | undefined => {
  const figure = (key: string) => Number(figures[key] ?? Number.NaN);
  const mean = figure('failing_mean') / figure('passing_mean');
  const deviation = figure('failing_stddev_sample') / figure('passing_stddev_sample');
  const fits = (factor: number) => Math.abs(mean / factor - 1) < 0.07 && Math.abs(deviation / factor - 1) < 0.3;
  const factor = factors.find(fits);
  const divisor = factors.find((candidate) => fits(1 / candidate));
  if (factor === undefined && divisor === undefined) return undefined;
  const change = factor === undefined ? `Multiplied by ${divisor}` : `Divided by ${factor}`;
  const scale = factor ?? 1 / (divisor ?? 1);
  return {
    kind: 'unit_factor',
    sentence: `${change}, the failing values of ${name} look like the others: mean ${shown(figure('failing_mean') / scale)} and deviation ${shown(figure('failing_stddev_sample') / scale)} against ${shown(figure('passing_mean'))} and ${shown(figure('passing_stddev_sample'))}.`,
    numbers: {
      column: name,
      factor: factor ?? Number((1 / (divisor ?? 1)).toPrecision(6)),
      ...figuresWithoutBounds(figures),
    },
  };
};
