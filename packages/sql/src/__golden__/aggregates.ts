import type { AggregateExpression } from '@aegis/spec';
import { aggregate, compare, count, countAll, countDistinct, countIf, isFiniteValue, isNan, isNull, literal, not, or } from '../build.js';
import { type Golden, type GoldenColumns } from './golden.js';

/** What each dialect makes of every kind of aggregate. */
export const aggregates: readonly {
  readonly title: string;
  readonly of: (c: GoldenColumns) => AggregateExpression;
  readonly sql: Golden;
}[] = [
  {
    title: 'the number of rows',
    of: () => countAll(),
    sql: {
      duckdb: 'count(*)',
      postgres: 'count(*)',
      bigquery: 'count(*)',
      databricks: 'count(*)',
      athena: 'count(*)',
      trino: 'count(*)',
    },
  },
  {
    title: 'the rows for which something is true',
    of: (c) => countIf(isNull(c.id)),
    sql: {
      duckdb: 'count_if("id" IS NULL)',
      postgres: 'count(*) FILTER (WHERE "id" IS NULL)',
      bigquery: 'countif(`id` IS NULL)',
      databricks: 'count_if(`id` IS NULL)',
      athena: 'count(*) FILTER (WHERE "id" IS NULL)',
      trino: 'count(*) FILTER (WHERE "id" IS NULL)',
    },
  },
  {
    title: 'rows outside a range, without the NaN test that integers do not need',
    of: (c) => countIf(or(compare(c.qty, '<', literal('integer', '0')), isNan(c.qty))),
    sql: {
      duckdb: 'count_if("qty" < 0)',
      postgres: 'count(*) FILTER (WHERE "qty" < 0)',
      bigquery: 'countif(`qty` < 0)',
      databricks: 'count_if(`qty` < 0)',
      athena: 'count(*) FILTER (WHERE "qty" < 0)',
      trino: 'count(*) FILTER (WHERE "qty" < 0)',
    },
  },
  {
    title: 'rows of an integer column that are not finite: none',
    of: (c) => countIf(not(isFiniteValue(c.qty))),
    sql: {
      duckdb: 'count_if(FALSE)',
      postgres: 'count(*) FILTER (WHERE FALSE)',
      bigquery: 'countif(FALSE)',
      databricks: 'count_if(FALSE)',
      athena: 'count(*) FILTER (WHERE FALSE)',
      trino: 'count(*) FILTER (WHERE FALSE)',
    },
  },
  {
    title: 'rows of an integer column that are not NaN: those with a value',
    of: (c) => countIf(not(isNan(c.qty))),
    sql: {
      duckdb: 'count_if("qty" IS NOT NULL)',
      postgres: 'count(*) FILTER (WHERE "qty" IS NOT NULL)',
      bigquery: 'countif(`qty` IS NOT NULL)',
      databricks: 'count_if(`qty` IS NOT NULL)',
      athena: 'count(*) FILTER (WHERE "qty" IS NOT NULL)',
      trino: 'count(*) FILTER (WHERE "qty" IS NOT NULL)',
    },
  },
  {
    title: 'the non-NULL values',
    of: (c) => count(c.id),
    sql: {
      duckdb: 'count("id")',
      postgres: 'count("id")',
      bigquery: 'count(`id`)',
      databricks: 'count(`id`)',
      athena: 'count("id")',
      trino: 'count("id")',
    },
  },
  {
    title: 'distinct text by code point',
    of: (c) => countDistinct(c.status, isNull(c.id)),
    sql: {
      duckdb: 'count(DISTINCT "status" COLLATE C) FILTER (WHERE "id" IS NULL)',
      postgres: 'count(DISTINCT "status" COLLATE "C") FILTER (WHERE "id" IS NULL)',
      bigquery: "count(DISTINCT IF(`id` IS NULL, COLLATE(`status`, ''), NULL))",
      databricks: 'count(DISTINCT `status`) FILTER (WHERE `id` IS NULL)',
      athena: 'count(DISTINCT "status") FILTER (WHERE "id" IS NULL)',
      trino: 'count(DISTINCT "status") FILTER (WHERE "id" IS NULL)',
    },
  },
  {
    title: 'an exact sum of integers',
    of: (c) => aggregate('sum', c.id),
    sql: {
      duckdb: 'sum("id")',
      postgres: 'sum("id")',
      bigquery: 'sum(CAST(`id` AS BIGNUMERIC))',
      databricks: 'sum(CAST(`id` AS DECIMAL(38, 0)))',
      athena: 'sum(CAST("id" AS DECIMAL(38, 0)))',
      trino: 'sum(CAST("id" AS DECIMAL(38, 0)))',
    },
  },
  {
    title: 'an exact sum of decimals',
    of: (c) => aggregate('sum', c.amount),
    sql: {
      duckdb: 'sum("amount")',
      postgres: 'sum("amount")',
      bigquery: 'sum(CAST(`amount` AS BIGNUMERIC))',
      databricks: 'sum(CAST(`amount` AS DECIMAL(38, 2)))',
      athena: 'sum("amount")',
      trino: 'sum("amount")',
    },
  },
  {
    title: 'a sum of doubles',
    of: (c) => aggregate('sum', c.weight),
    sql: {
      duckdb: 'sum(CAST("weight" AS DOUBLE))',
      postgres: 'sum(CAST("weight" AS double precision))',
      bigquery: 'sum(CAST(`weight` AS FLOAT64))',
      databricks: 'sum(CAST(`weight` AS DOUBLE))',
      athena: 'sum(CAST("weight" AS DOUBLE))',
      trino: 'sum(CAST("weight" AS DOUBLE))',
    },
  },
  {
    title: 'a sum of squares',
    of: (c) => aggregate('sum_squares', c.amount),
    sql: {
      duckdb: 'sum(CAST("amount" AS DOUBLE) * CAST("amount" AS DOUBLE))',
      postgres: 'sum(CAST("amount" AS double precision) * CAST("amount" AS double precision))',
      bigquery: 'sum(CAST(`amount` AS FLOAT64) * CAST(`amount` AS FLOAT64))',
      databricks: 'sum(CAST(`amount` AS DOUBLE) * CAST(`amount` AS DOUBLE))',
      athena: 'sum(CAST("amount" AS DOUBLE) * CAST("amount" AS DOUBLE))',
      trino: 'sum(CAST("amount" AS DOUBLE) * CAST("amount" AS DOUBLE))',
    },
  },
  {
    title: 'a mean of finite values',
    of: (c) => aggregate('mean', c.price, isFiniteValue(c.price)),
    sql: {
      duckdb: 'avg(CAST("price" AS DOUBLE)) FILTER (WHERE isfinite("price"))',
      postgres: `avg(CAST("price" AS double precision)) FILTER (WHERE ("price" > '-Infinity'::float8 AND "price" < 'Infinity'::float8))`,
      bigquery: 'avg(IF((NOT (is_nan(`price`) OR is_inf(`price`))), CAST(`price` AS FLOAT64), NULL))',
      databricks: "avg(CAST(`price` AS DOUBLE)) FILTER (WHERE (abs(`price`) < CAST('Infinity' AS DOUBLE)))",
      athena: 'avg(CAST("price" AS DOUBLE)) FILTER (WHERE is_finite("price"))',
      trino: 'avg(CAST("price" AS DOUBLE)) FILTER (WHERE is_finite("price"))',
    },
  },
  {
    title: 'a mean, without a filter that every value passes',
    of: (c) => aggregate('mean', c.qty, isFiniteValue(c.qty)),
    sql: {
      duckdb: 'avg(CAST("qty" AS DOUBLE)) FILTER (WHERE "qty" IS NOT NULL)',
      postgres: 'avg(CAST("qty" AS double precision)) FILTER (WHERE "qty" IS NOT NULL)',
      bigquery: 'avg(IF(`qty` IS NOT NULL, CAST(`qty` AS FLOAT64), NULL))',
      databricks: 'avg(CAST(`qty` AS DOUBLE)) FILTER (WHERE `qty` IS NOT NULL)',
      athena: 'avg(CAST("qty" AS DOUBLE)) FILTER (WHERE "qty" IS NOT NULL)',
      trino: 'avg(CAST("qty" AS DOUBLE)) FILTER (WHERE "qty" IS NOT NULL)',
    },
  },
  {
    title: 'a sample deviation',
    of: (c) => aggregate('stddev_sample', c.qty),
    sql: {
      duckdb: 'stddev_samp(CAST("qty" AS DOUBLE))',
      postgres: 'stddev_samp(CAST("qty" AS double precision))',
      bigquery: 'stddev_samp(CAST(`qty` AS FLOAT64))',
      databricks: 'stddev_samp(CAST(`qty` AS DOUBLE))',
      athena: 'stddev_samp(CAST("qty" AS DOUBLE))',
      trino: 'stddev_samp(CAST("qty" AS DOUBLE))',
    },
  },
  {
    title: 'a population deviation',
    of: (c) => aggregate('stddev_population', c.qty),
    sql: {
      duckdb: 'stddev_pop(CAST("qty" AS DOUBLE))',
      postgres: 'stddev_pop(CAST("qty" AS double precision))',
      bigquery: 'stddev_pop(CAST(`qty` AS FLOAT64))',
      databricks: 'stddev_pop(CAST(`qty` AS DOUBLE))',
      athena: 'stddev_pop(CAST("qty" AS DOUBLE))',
      trino: 'stddev_pop(CAST("qty" AS DOUBLE))',
    },
  },
  {
    title: 'a least date',
    of: (c) => aggregate('min', c.placed),
    sql: {
      duckdb: 'min("placed")',
      postgres: 'min("placed")',
      bigquery: 'min(`placed`)',
      databricks: 'min(`placed`)',
      athena: 'min("placed")',
      trino: 'min("placed")',
    },
  },
  {
    title: 'a greatest text by code point',
    of: (c) => aggregate('max', c.status),
    sql: {
      duckdb: 'max("status" COLLATE C)',
      postgres: 'max("status" COLLATE "C")',
      bigquery: "max(COLLATE(`status`, ''))",
      databricks: 'max(`status`)',
      athena: 'max("status")',
      trino: 'max("status")',
    },
  },
];
