import type { AggregateExpression, AggregateFunction } from '@aegis/spec';
import type { BaseDialect } from './base-dialect.js';
import { renderCondition, renderDouble, renderExpression } from './expressions.js';
import { typeOf } from './typing.js';

type Computed = Extract<AggregateExpression, { kind: 'aggregate' }>;

export const isAggregate = (expression: { readonly kind: string }): expression is AggregateExpression =>
  aggregateKinds.has(expression.kind);

const aggregateKinds: ReadonlySet<string> = new Set<AggregateExpression['kind']>([
  'count_all',
  'count_if',
  'count',
  'count_distinct',
  'aggregate',
]);

/** An aggregate over the rows in scope, as SQL for one item of a SELECT list. */
export const renderAggregate = (expression: AggregateExpression, dialect: BaseDialect): string => {
  switch (expression.kind) {
    case 'count_all':
      return 'count(*)';
    case 'count':
      return `count(${renderExpression(expression.operand, dialect)})`;
    case 'count_if': {
      const condition = renderCondition(expression.condition, dialect);
      return condition === undefined ? 'count(*)' : dialect.countIf(condition);
    }
    case 'count_distinct': {
      const key = dialect.key(renderExpression(expression.operand, dialect), typeOf(expression.operand));
      return dialect.filtered('count', key, renderCondition(expression.filter, dialect), 'DISTINCT ');
    }
    case 'aggregate':
      return renderComputed(expression, dialect);
  }
};

const renderComputed = (expression: Computed, dialect: BaseDialect): string => {
  const filter = expression.filter && renderCondition(expression.filter, dialect);
  return dialect.filtered(functionNames[expression.function], argument(expression, dialect), filter);
};

const functionNames: { readonly [name in AggregateFunction]: string } = {
  sum: 'sum',
  sum_squares: 'sum',
  mean: 'avg',
  stddev_sample: 'stddev_samp',
  stddev_population: 'stddev_pop',
  min: 'min',
  max: 'max',
};

const argument = ({ function: name, operand }: Computed, dialect: BaseDialect): string => {
  const type = typeOf(operand);
  if (name === 'min' || name === 'max') {
    const sql = renderExpression(operand, dialect);
    return type.kind === 'text' ? dialect.binaryText(sql, type) : sql;
  }
  const isExact = type.kind === 'integer' || type.kind === 'decimal';
  if (name === 'sum' && isExact) return dialect.summable(renderExpression(operand, dialect), type);
  const double = renderDouble(operand, dialect);
  return name === 'sum_squares' ? `${double} * ${double}` : double;
};
