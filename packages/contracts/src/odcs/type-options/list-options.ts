import type { Dialect } from '@aegis/spec';
import { sqlName } from '../../words/sql-names.js';
import { type Context, cannot, type Meaning, means } from '../promise.js';

/** What engines call the length of a list. */
const functions: { readonly [dialect: string]: string } = {
  duckdb: 'len',
  bigquery: 'array_length',
  databricks: 'size',
};

const lengthFunction = ({ name }: Dialect): string => functions[name] ?? 'cardinality';

/** Lists of so many items. */
export const itemCount = (column: string, min: unknown, max: unknown, { dialect }: Context): Meaning => {
  const limits = [
    [min, '>='],
    [max, '<='],
  ] as const;
  const conditions = limits.flatMap(([value, operator]) =>
    value === undefined ? [] : [`${lengthFunction(dialect)}(${sqlName(column, dialect)}) ${operator} ${String(value)}`],
  );
  const isCount = [min, max].every((value) => value === undefined || Number.isSafeInteger(value));
  return isCount
    ? means({ type: 'sql_expression', expression: conditions.join(' and ') })
    : cannot('minItems and maxItems must be whole numbers');
};
