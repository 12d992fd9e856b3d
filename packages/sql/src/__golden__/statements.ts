import type { ScopedRelation, Statement, TableName } from '@aegis/spec';
import { compare, countAll, countIf, isNan, isNull, literal, or } from '../build.js';
import { type Golden, type GoldenColumns } from './golden.js';

const orders: ScopedRelation = { table: { kind: 'named', parts: ['orders'] } };
const recent: ScopedRelation = { ...orders, where: { kind: 'user_sql', sql: 'qty > 0', columns: ['qty'] } };
const customers: TableName = { kind: 'named', parts: ['crm', 'customers'] };

/** What each dialect makes of every kind of statement. */
export const statements: readonly {
  readonly title: string;
  readonly of: (c: GoldenColumns) => Statement;
  readonly sql: Golden;
}[] = [
  {
    title: 'measures of one scan',
    of: (c) => ({ kind: 'aggregate', from: orders, measures: [{ alias: 'm0', expression: countAll() }, { alias: 'm1', expression: countIf(isNull(c.id)) }] }),
    sql: {
      duckdb: 'SELECT count(*) AS m0, count_if("id" IS NULL) AS m1 FROM "orders"',
      postgres: 'SELECT count(*) AS m0, count(*) FILTER (WHERE "id" IS NULL) AS m1 FROM "orders"',
      bigquery: 'SELECT count(*) AS m0, countif(`id` IS NULL) AS m1 FROM `orders`',
      databricks: 'SELECT count(*) AS m0, count_if(`id` IS NULL) AS m1 FROM `orders`',
      athena: 'SELECT count(*) AS m0, count(*) FILTER (WHERE "id" IS NULL) AS m1 FROM "orders"',
      trino: 'SELECT count(*) AS m0, count(*) FILTER (WHERE "id" IS NULL) AS m1 FROM "orders"',
    },
  },
  {
    title: 'measures in a scope, some of which zone maps decide',
    of: (c) => ({ kind: 'aggregate', from: orders, measures: [{ alias: 'm0', expression: countIf(compare(c.qty, '<', literal('integer', '0'))) }, { alias: 'm1', expression: countIf(isNan(c.price)) }] }),
    sql: {
      duckdb: 'SELECT (SELECT count(*) FROM "orders" WHERE ("qty" < 0)) AS m0, count_if(isnan("price")) AS m1 FROM "orders"',
      postgres: `SELECT count(*) FILTER (WHERE "qty" < 0) AS m0, count(*) FILTER (WHERE ("price" = 'NaN'::float8)) AS m1 FROM "orders"`,
      bigquery: 'SELECT countif(`qty` < 0) AS m0, countif(is_nan(`price`)) AS m1 FROM `orders`',
      databricks: "SELECT count_if(`qty` < 0) AS m0, count_if((`price` = CAST('NaN' AS DOUBLE))) AS m1 FROM `orders`",
      athena: 'SELECT count(*) FILTER (WHERE "qty" < 0) AS m0, count(*) FILTER (WHERE is_nan("price")) AS m1 FROM "orders"',
      trino: 'SELECT count(*) FILTER (WHERE "qty" < 0) AS m0, count(*) FILTER (WHERE is_nan("price")) AS m1 FROM "orders"',
    },
  },
  {
    title: 'measures under a condition',
    of: (c) => ({ kind: 'aggregate', from: recent, measures: [{ alias: 'm0', expression: countIf(compare(c.qty, '<', literal('integer', '0'))) }] }),
    sql: {
      duckdb: 'SELECT count_if("qty" < 0) AS m0 FROM "orders" WHERE (qty > 0)',
      postgres: 'SELECT count(*) FILTER (WHERE "qty" < 0) AS m0 FROM "orders" WHERE (qty > 0)',
      bigquery: 'SELECT countif(`qty` < 0) AS m0 FROM `orders` WHERE (qty > 0)',
      databricks: 'SELECT count_if(`qty` < 0) AS m0 FROM `orders` WHERE (qty > 0)',
      athena: 'SELECT count(*) FILTER (WHERE "qty" < 0) AS m0 FROM "orders" WHERE (qty > 0)',
      trino: 'SELECT count(*) FILTER (WHERE "qty" < 0) AS m0 FROM "orders" WHERE (qty > 0)',
    },
  },
  {
    title: 'hashes of one key',
    of: (c) => ({ kind: 'key_hashes', from: orders, keys: [c.status] }),
    sql: {
      duckdb: 'SELECT count(*) AS complete, count(DISTINCT hash("status" COLLATE C)) AS distinct_hashes FROM "orders" WHERE "status" IS NOT NULL',
      postgres: 'SELECT count(*) AS complete, count(DISTINCT "status" COLLATE "C") AS distinct_hashes FROM "orders" WHERE "status" IS NOT NULL',
      bigquery: "SELECT count(*) AS complete, count(DISTINCT farm_fingerprint(to_json_string(STRUCT(COLLATE(`status`, ''))))) AS distinct_hashes FROM `orders` WHERE `status` IS NOT NULL",
      databricks: 'SELECT count(*) AS complete, count(DISTINCT xxhash64(`status`)) AS distinct_hashes FROM `orders` WHERE `status` IS NOT NULL',
      athena: 'SELECT count(*) AS complete, count(DISTINCT xxhash64(to_utf8("status"))) AS distinct_hashes FROM "orders" WHERE "status" IS NOT NULL',
      trino: 'SELECT count(*) AS complete, count(DISTINCT xxhash64(to_utf8("status"))) AS distinct_hashes FROM "orders" WHERE "status" IS NOT NULL',
    },
  },
  {
    title: 'hashes of a composite key',
    of: (c) => ({ kind: 'key_hashes', from: recent, keys: [c.id, c.price, c.status] }),
    sql: {
      duckdb: 'SELECT count(*) AS complete, count(DISTINCT hash("id", "price", "status" COLLATE C)) AS distinct_hashes FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "price" IS NOT NULL AND "status" IS NOT NULL',
      postgres: 'SELECT count(*) AS complete, count(DISTINCT hash_record_extended(ROW("id", "price", "status" COLLATE "C"), 0)) AS distinct_hashes FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "price" IS NOT NULL AND "status" IS NOT NULL',
      bigquery: "SELECT count(*) AS complete, count(DISTINCT farm_fingerprint(to_json_string(STRUCT(`id`, CAST(`price` + 0 AS STRING), COLLATE(`status`, ''))))) AS distinct_hashes FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL AND `price` IS NOT NULL AND `status` IS NOT NULL",
      databricks: 'SELECT count(*) AS complete, count(DISTINCT xxhash64(`id`, `price` + 0, `status`)) AS distinct_hashes FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL AND `price` IS NOT NULL AND `status` IS NOT NULL',
      athena: `SELECT count(*) AS complete, count(DISTINCT xxhash64(to_utf8(CAST(length(CAST("id" AS VARCHAR)) AS VARCHAR) || ':' || CAST("id" AS VARCHAR) || CAST(length(CAST("price" + 0 AS VARCHAR)) AS VARCHAR) || ':' || CAST("price" + 0 AS VARCHAR) || CAST(length("status") AS VARCHAR) || ':' || "status"))) AS distinct_hashes FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "price" IS NOT NULL AND "status" IS NOT NULL`,
      trino: `SELECT count(*) AS complete, count(DISTINCT xxhash64(to_utf8(CAST(length(CAST("id" AS VARCHAR)) AS VARCHAR) || ':' || CAST("id" AS VARCHAR) || CAST(length(CAST("price" + 0 AS VARCHAR)) AS VARCHAR) || ':' || CAST("price" + 0 AS VARCHAR) || CAST(length("status") AS VARCHAR) || ':' || "status"))) AS distinct_hashes FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "price" IS NOT NULL AND "status" IS NOT NULL`,
    },
  },
  {
    title: 'counts of one key',
    of: (c) => ({ kind: 'key_counts', from: orders, keys: [c.id] }),
    sql: {
      duckdb: `WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT "id" AS mark FROM "orders" WHERE "id" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT "id" AS mark FROM "orders" WHERE "id" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))), aegis_grouped AS (SELECT "id" AS k0, count(*) AS n FROM "orders" WHERE "id" IS NOT NULL AND "id" IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY "id" UNION ALL SELECT "id" AS k0, count(*) AS n FROM "orders" WHERE "id" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY "id"), aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows FROM aegis_grouped) SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, CAST(duplicate_rows AS BIGINT) AS duplicate_rows FROM aegis_totals, aegis_sorted`,
      postgres: 'SELECT CAST(coalesce(sum(n), 0) AS bigint) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS bigint) AS duplicate_rows FROM (SELECT count(*) AS n FROM "orders" WHERE "id" IS NOT NULL GROUP BY "id") AS g',
      bigquery: 'SELECT CAST(coalesce(sum(n), 0) AS INT64) AS complete, count(*) AS distinct_keys, countif(n > 1) AS duplicate_keys, CAST(coalesce(sum(IF(n > 1, n, NULL)), 0) AS INT64) AS duplicate_rows FROM (SELECT count(*) AS n FROM `orders` WHERE `id` IS NOT NULL GROUP BY `id`) AS g',
      databricks: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count_if(n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM `orders` WHERE `id` IS NOT NULL GROUP BY `id`) AS g',
      athena: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "orders" WHERE "id" IS NOT NULL GROUP BY "id") AS g',
      trino: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "orders" WHERE "id" IS NOT NULL GROUP BY "id") AS g',
    },
  },
  {
    title: 'counts of a composite key',
    of: (c) => ({ kind: 'key_counts', from: recent, keys: [c.id, c.status] }),
    sql: {
      duckdb: `WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT hash("id", "status" COLLATE C) AS mark FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT hash("id", "status" COLLATE C) AS mark FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))), aegis_grouped AS (SELECT "id" AS k0, "status" COLLATE C AS k1, count(*) AS n FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL AND hash("id", "status" COLLATE C) IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY "id", "status" COLLATE C UNION ALL SELECT "id" AS k0, "status" COLLATE C AS k1, count(*) AS n FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY "id", "status" COLLATE C), aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows FROM aegis_grouped) SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, CAST(duplicate_rows AS BIGINT) AS duplicate_rows FROM aegis_totals, aegis_sorted`,
      postgres: 'SELECT CAST(coalesce(sum(n), 0) AS bigint) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS bigint) AS duplicate_rows FROM (SELECT count(*) AS n FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL GROUP BY "id", "status" COLLATE "C") AS g',
      bigquery: "SELECT CAST(coalesce(sum(n), 0) AS INT64) AS complete, count(*) AS distinct_keys, countif(n > 1) AS duplicate_keys, CAST(coalesce(sum(IF(n > 1, n, NULL)), 0) AS INT64) AS duplicate_rows FROM (SELECT count(*) AS n FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL AND `status` IS NOT NULL GROUP BY `id`, COLLATE(`status`, '')) AS g",
      databricks: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count_if(n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL AND `status` IS NOT NULL GROUP BY `id`, `status`) AS g',
      athena: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL GROUP BY "id", "status") AS g',
      trino: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL GROUP BY "id", "status") AS g',
    },
  },
  {
    title: 'keys that occur more than once',
    of: (c) => ({ kind: 'duplicate_keys', from: recent, keys: [c.id, c.status], limit: 5 }),
    sql: {
      duckdb: `WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT hash("id", "status" COLLATE C) AS mark FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT hash("id", "status" COLLATE C) AS mark FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))) SELECT "id" AS "id", "status" COLLATE C AS "status", count(*) AS occurrences FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL AND hash("id", "status" COLLATE C) IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY 1, 2 HAVING count(*) > 1 UNION ALL SELECT "id" AS "id", "status" COLLATE C AS "status", count(*) AS occurrences FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 3 DESC, 1, 2 LIMIT 5`,
      postgres: 'SELECT "id" AS "id", "status" COLLATE "C" AS "status", count(*) AS occurrences FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT 5',
      bigquery: "SELECT `id` AS `id`, COLLATE(`status`, '') AS `status`, count(*) AS occurrences FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL AND `status` IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT 5",
      databricks: 'SELECT `id` AS `id`, `status` AS `status`, count(*) AS occurrences FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL AND `status` IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT 5',
      athena: 'SELECT "id" AS "id", "status" AS "status", count(*) AS occurrences FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT 5',
      trino: 'SELECT "id" AS "id", "status" AS "status", count(*) AS occurrences FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT 5',
    },
  },
  {
    title: 'values without a parent',
    of: (c) => ({ kind: 'unmatched_counts', from: orders, keys: [c.qty], reference: customers, referenceKeys: [c.id] }),
    sql: {
      duckdb: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0 FROM "orders" WHERE "qty" IS NOT NULL) AS c WHERE k0 NOT IN (SELECT "id" AS k0 FROM "crm"."customers" WHERE "id" IS NOT NULL) GROUP BY c.k0) AS g',
      postgres: 'SELECT CAST(coalesce(sum(n), 0) AS bigint) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0 FROM "orders" WHERE "qty" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."id" = c.k0) GROUP BY c.k0) AS g',
      bigquery: 'SELECT CAST(coalesce(sum(n), 0) AS INT64) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT `qty` AS k0 FROM `orders` WHERE `qty` IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM `crm`.`customers` AS p WHERE p.`id` = c.k0) GROUP BY c.k0) AS g',
      databricks: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT `qty` AS k0 FROM `orders` WHERE `qty` IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM `crm`.`customers` AS p WHERE p.`id` = c.k0) GROUP BY c.k0) AS g',
      athena: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0 FROM "orders" WHERE "qty" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."id" = c.k0) GROUP BY c.k0) AS g',
      trino: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0 FROM "orders" WHERE "qty" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."id" = c.k0) GROUP BY c.k0) AS g',
    },
  },
  {
    title: 'composite keys without a parent',
    of: (c) => ({ kind: 'unmatched_counts', from: recent, keys: [c.qty, c.price], reference: customers, referenceKeys: [c.id, c.price] }),
    sql: {
      duckdb: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0, "price" AS k1 FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS c ANTI JOIN (SELECT "id" AS k0, "price" AS k1 FROM "crm"."customers" WHERE "id" IS NOT NULL AND "price" IS NOT NULL) AS p ON p.k0 = c.k0 AND p.k1 = c.k1 GROUP BY c.k0, c.k1) AS g',
      postgres: 'SELECT CAST(coalesce(sum(n), 0) AS bigint) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0, "price" AS k1 FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."id" = c.k0 AND p."price" = c.k1) GROUP BY c.k0, c.k1) AS g',
      bigquery: 'SELECT CAST(coalesce(sum(n), 0) AS INT64) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT `qty` AS k0, CAST(`price` + 0 AS STRING) AS k1 FROM `orders` WHERE (qty > 0) AND `qty` IS NOT NULL AND `price` IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM `crm`.`customers` AS p WHERE p.`id` = c.k0 AND CAST(p.`price` + 0 AS STRING) = c.k1) GROUP BY c.k0, c.k1) AS g',
      databricks: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT `qty` AS k0, `price` AS k1 FROM `orders` WHERE (qty > 0) AND `qty` IS NOT NULL AND `price` IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM `crm`.`customers` AS p WHERE p.`id` = c.k0 AND p.`price` = c.k1) GROUP BY c.k0, c.k1) AS g',
      athena: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0, CAST("price" + 0 AS VARCHAR) AS k1 FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."id" = c.k0 AND CAST(p."price" + 0 AS VARCHAR) = c.k1) GROUP BY c.k0, c.k1) AS g',
      trino: 'SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "qty" AS k0, CAST("price" + 0 AS VARCHAR) AS k1 FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."id" = c.k0 AND CAST(p."price" + 0 AS VARCHAR) = c.k1) GROUP BY c.k0, c.k1) AS g',
    },
  },
  {
    title: 'rows without a parent',
    of: (c) => ({ kind: 'unmatched_rows', from: recent, keys: [c.status], reference: customers, referenceKeys: [c.status], limit: 5 }),
    sql: {
      duckdb: 'SELECT c.* FROM (SELECT * FROM "orders" WHERE (qty > 0)) AS c SEMI JOIN (SELECT k0 FROM (SELECT "status" COLLATE C AS k0 FROM "orders" WHERE (qty > 0) AND "status" IS NOT NULL) AS c WHERE k0 NOT IN (SELECT "status" COLLATE C AS k0 FROM "crm"."customers" WHERE "status" IS NOT NULL) LIMIT 5) AS m ON m.k0 = c."status" COLLATE C LIMIT 5',
      postgres: 'SELECT c.* FROM (SELECT * FROM "orders" WHERE (qty > 0)) AS c WHERE c."status" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."status" COLLATE "C" = c."status" COLLATE "C") LIMIT 5',
      bigquery: "SELECT c.* FROM (SELECT * FROM `orders` WHERE (qty > 0)) AS c WHERE c.`status` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `crm`.`customers` AS p WHERE COLLATE(p.`status`, '') = COLLATE(c.`status`, '')) LIMIT 5",
      databricks: 'SELECT c.* FROM (SELECT * FROM `orders` WHERE (qty > 0)) AS c WHERE c.`status` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `crm`.`customers` AS p WHERE p.`status` = c.`status`) LIMIT 5',
      athena: 'SELECT c.* FROM (SELECT * FROM "orders" WHERE (qty > 0)) AS c WHERE c."status" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."status" = c."status") LIMIT 5',
      trino: 'SELECT c.* FROM (SELECT * FROM "orders" WHERE (qty > 0)) AS c WHERE c."status" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "crm"."customers" AS p WHERE p."status" = c."status") LIMIT 5',
    },
  },
  {
    title: 'keys that one side lacks, counted',
    of: (c) => ({ kind: 'key_difference_counts', target: recent, targetKeys: [c.id, c.status], source: { table: customers }, sourceKeys: [c.qty, c.status] }),
    sql: {
      duckdb: 'SELECT mt.n AS missing_in_target, ms.n AS missing_in_source, s.incomplete AS null_in_source, t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target FROM (SELECT count(*) AS n FROM (SELECT DISTINCT a.k0, a.k1 FROM (SELECT "qty" AS k0, "status" COLLATE C AS k1 FROM "crm"."customers" WHERE "qty" IS NOT NULL AND "status" IS NOT NULL) AS a ANTI JOIN (SELECT "id" AS k0, "status" COLLATE C AS k1 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL) AS b ON b.k0 = a.k0 AND b.k1 = a.k1) AS d) AS mt, (SELECT count(*) AS n FROM (SELECT DISTINCT a.k0, a.k1 FROM (SELECT "id" AS k0, "status" COLLATE C AS k1 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL) AS a ANTI JOIN (SELECT "qty" AS k0, "status" COLLATE C AS k1 FROM "crm"."customers" WHERE "qty" IS NOT NULL AND "status" IS NOT NULL) AS b ON b.k0 = a.k0 AND b.k1 = a.k1) AS d) AS ms, (SELECT count(*) AS n, count_if("qty" IS NULL OR "status" IS NULL) AS incomplete FROM "crm"."customers") AS s, (SELECT count(*) AS n, count_if("id" IS NULL OR "status" IS NULL) AS incomplete FROM "orders" WHERE (qty > 0)) AS t',
      postgres: 'SELECT mt.n AS missing_in_target, ms.n AS missing_in_source, s.incomplete AS null_in_source, t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target FROM (SELECT count(*) AS n FROM (SELECT DISTINCT a.k0, a.k1 FROM (SELECT "qty" AS k0, "status" COLLATE "C" AS k1 FROM "crm"."customers" WHERE "qty" IS NOT NULL AND "status" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "id" AS k0, "status" COLLATE "C" AS k1 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL) AS b WHERE b.k0 = a.k0 AND b.k1 = a.k1)) AS d) AS mt, (SELECT count(*) AS n FROM (SELECT DISTINCT a.k0, a.k1 FROM (SELECT "id" AS k0, "status" COLLATE "C" AS k1 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL AND "status" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "qty" AS k0, "status" COLLATE "C" AS k1 FROM "crm"."customers" WHERE "qty" IS NOT NULL AND "status" IS NOT NULL) AS b WHERE b.k0 = a.k0 AND b.k1 = a.k1)) AS d) AS ms, (SELECT count(*) AS n, count(*) FILTER (WHERE "qty" IS NULL OR "status" IS NULL) AS incomplete FROM "crm"."customers") AS s, (SELECT count(*) AS n, count(*) FILTER (WHERE "id" IS NULL OR "status" IS NULL) AS incomplete FROM "orders" WHERE (qty > 0)) AS t',
      bigquery: "SELECT countif(s.n IS NOT NULL AND t.n IS NULL AND NOT (s.k0 IS NULL OR s.k1 IS NULL)) AS missing_in_target, countif(t.n IS NOT NULL AND s.n IS NULL AND NOT (t.k0 IS NULL OR t.k1 IS NULL)) AS missing_in_source, CAST(coalesce(sum(IF(s.k0 IS NULL OR s.k1 IS NULL, s.n, NULL)), 0) AS INT64) AS null_in_source, CAST(coalesce(sum(IF(t.k0 IS NULL OR t.k1 IS NULL, t.n, NULL)), 0) AS INT64) AS null_in_target, CAST(coalesce(sum(s.n), 0) AS INT64) AS rows_in_source, CAST(coalesce(sum(t.n), 0) AS INT64) AS rows_in_target FROM (SELECT `qty` AS k0, COLLATE(`status`, '') AS k1, count(*) AS n FROM `crm`.`customers` GROUP BY `qty`, COLLATE(`status`, '')) AS s FULL JOIN (SELECT `id` AS k0, COLLATE(`status`, '') AS k1, count(*) AS n FROM `orders` WHERE (qty > 0) GROUP BY `id`, COLLATE(`status`, '')) AS t ON s.k0 = t.k0 AND s.k1 = t.k1",
      databricks: 'SELECT count_if(s.n IS NOT NULL AND t.n IS NULL AND NOT (s.k0 IS NULL OR s.k1 IS NULL)) AS missing_in_target, count_if(t.n IS NOT NULL AND s.n IS NULL AND NOT (t.k0 IS NULL OR t.k1 IS NULL)) AS missing_in_source, CAST(coalesce(sum(s.n) FILTER (WHERE s.k0 IS NULL OR s.k1 IS NULL), 0) AS BIGINT) AS null_in_source, CAST(coalesce(sum(t.n) FILTER (WHERE t.k0 IS NULL OR t.k1 IS NULL), 0) AS BIGINT) AS null_in_target, CAST(coalesce(sum(s.n), 0) AS BIGINT) AS rows_in_source, CAST(coalesce(sum(t.n), 0) AS BIGINT) AS rows_in_target FROM (SELECT `qty` AS k0, `status` AS k1, count(*) AS n FROM `crm`.`customers` GROUP BY `qty`, `status`) AS s FULL JOIN (SELECT `id` AS k0, `status` AS k1, count(*) AS n FROM `orders` WHERE (qty > 0) GROUP BY `id`, `status`) AS t ON s.k0 = t.k0 AND s.k1 = t.k1',
      athena: 'SELECT count(*) FILTER (WHERE s.n IS NOT NULL AND t.n IS NULL AND NOT (s.k0 IS NULL OR s.k1 IS NULL)) AS missing_in_target, count(*) FILTER (WHERE t.n IS NOT NULL AND s.n IS NULL AND NOT (t.k0 IS NULL OR t.k1 IS NULL)) AS missing_in_source, CAST(coalesce(sum(s.n) FILTER (WHERE s.k0 IS NULL OR s.k1 IS NULL), 0) AS BIGINT) AS null_in_source, CAST(coalesce(sum(t.n) FILTER (WHERE t.k0 IS NULL OR t.k1 IS NULL), 0) AS BIGINT) AS null_in_target, CAST(coalesce(sum(s.n), 0) AS BIGINT) AS rows_in_source, CAST(coalesce(sum(t.n), 0) AS BIGINT) AS rows_in_target FROM (SELECT "qty" AS k0, "status" AS k1, count(*) AS n FROM "crm"."customers" GROUP BY "qty", "status") AS s FULL JOIN (SELECT "id" AS k0, "status" AS k1, count(*) AS n FROM "orders" WHERE (qty > 0) GROUP BY "id", "status") AS t ON s.k0 = t.k0 AND s.k1 = t.k1',
      trino: 'SELECT count(*) FILTER (WHERE s.n IS NOT NULL AND t.n IS NULL AND NOT (s.k0 IS NULL OR s.k1 IS NULL)) AS missing_in_target, count(*) FILTER (WHERE t.n IS NOT NULL AND s.n IS NULL AND NOT (t.k0 IS NULL OR t.k1 IS NULL)) AS missing_in_source, CAST(coalesce(sum(s.n) FILTER (WHERE s.k0 IS NULL OR s.k1 IS NULL), 0) AS BIGINT) AS null_in_source, CAST(coalesce(sum(t.n) FILTER (WHERE t.k0 IS NULL OR t.k1 IS NULL), 0) AS BIGINT) AS null_in_target, CAST(coalesce(sum(s.n), 0) AS BIGINT) AS rows_in_source, CAST(coalesce(sum(t.n), 0) AS BIGINT) AS rows_in_target FROM (SELECT "qty" AS k0, "status" AS k1, count(*) AS n FROM "crm"."customers" GROUP BY "qty", "status") AS s FULL JOIN (SELECT "id" AS k0, "status" AS k1, count(*) AS n FROM "orders" WHERE (qty > 0) GROUP BY "id", "status") AS t ON s.k0 = t.k0 AND s.k1 = t.k1',
    },
  },
  {
    title: 'keys that one side lacks',
    of: (c) => ({ kind: 'key_difference_rows', target: recent, targetKeys: [c.id], source: { table: customers }, sourceKeys: [c.qty], limit: 4 }),
    sql: {
      duckdb: `SELECT side, k0 AS "id" FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS a ANTI JOIN (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS b ON b.k0 = a.k0 ORDER BY k0 LIMIT 4) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS a ANTI JOIN (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS b ON b.k0 = a.k0 ORDER BY k0 LIMIT 4) AS missing_in_source) AS d ORDER BY place, side LIMIT 4`,
      postgres: `SELECT side, k0 AS "id" FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_source) AS d ORDER BY place, side LIMIT 4`,
      bigquery: "SELECT side, k0 AS `id` FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT `qty` AS k0 FROM `crm`.`customers` WHERE `qty` IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT `id` AS k0 FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT `id` AS k0 FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT `qty` AS k0 FROM `crm`.`customers` WHERE `qty` IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_source) AS d ORDER BY place, side LIMIT 4",
      databricks: "SELECT side, k0 AS `id` FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT `qty` AS k0 FROM `crm`.`customers` WHERE `qty` IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT `id` AS k0 FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT `id` AS k0 FROM `orders` WHERE (qty > 0) AND `id` IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT `qty` AS k0 FROM `crm`.`customers` WHERE `qty` IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_source) AS d ORDER BY place, side LIMIT 4",
      athena: `SELECT side, k0 AS "id" FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_source) AS d ORDER BY place, side LIMIT 4`,
      trino: `SELECT side, k0 AS "id" FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "id" AS k0 FROM "orders" WHERE (qty > 0) AND "id" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "qty" AS k0 FROM "crm"."customers" WHERE "qty" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 4) AS missing_in_source) AS d ORDER BY place, side LIMIT 4`,
    },
  },
  {
    title: 'failing rows',
    of: (c) => ({ kind: 'rows', from: recent, condition: or(isNull(c.id), isNull(c.qty)), limit: 5 }),
    sql: {
      duckdb: 'SELECT * FROM "orders" WHERE (qty > 0) AND (("id" IS NULL) OR ("qty" IS NULL)) LIMIT 5',
      postgres: 'SELECT * FROM "orders" WHERE (qty > 0) AND (("id" IS NULL) OR ("qty" IS NULL)) LIMIT 5',
      bigquery: 'SELECT * FROM `orders` WHERE (qty > 0) AND ((`id` IS NULL) OR (`qty` IS NULL)) LIMIT 5',
      databricks: 'SELECT * FROM `orders` WHERE (qty > 0) AND ((`id` IS NULL) OR (`qty` IS NULL)) LIMIT 5',
      athena: 'SELECT * FROM "orders" WHERE (qty > 0) AND (("id" IS NULL) OR ("qty" IS NULL)) LIMIT 5',
      trino: 'SELECT * FROM "orders" WHERE (qty > 0) AND (("id" IS NULL) OR ("qty" IS NULL)) LIMIT 5',
    },
  },
  {
    title: 'columns of all rows',
    of: (c) => ({ kind: 'rows', from: orders, columns: [c.id, c.status], limit: 5 }),
    sql: {
      duckdb: 'SELECT "id", "status" FROM "orders" LIMIT 5',
      postgres: 'SELECT "id", "status" FROM "orders" LIMIT 5',
      bigquery: 'SELECT `id`, `status` FROM `orders` LIMIT 5',
      databricks: 'SELECT `id`, `status` FROM `orders` LIMIT 5',
      athena: 'SELECT "id", "status" FROM "orders" LIMIT 5',
      trino: 'SELECT "id", "status" FROM "orders" LIMIT 5',
    },
  },
  {
    title: 'a sample',
    of: (c) => ({ kind: 'row_sample', from: recent, columns: [c.qty, c.price], rowCount: '1000', limit: 10 }),
    sql: {
      duckdb: 'SELECT "qty", "price" FROM (SELECT "qty", "price", row_number() OVER (ORDER BY "qty", "price") AS aegis_position, count(*) OVER () AS aegis_rows FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS numbered WHERE mod(aegis_position * 10, aegis_rows) < 10 ORDER BY aegis_position LIMIT 10',
      postgres: 'SELECT "qty", "price" FROM (SELECT "qty", "price", row_number() OVER (ORDER BY "qty", "price") AS aegis_position, count(*) OVER () AS aegis_rows FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS numbered WHERE mod(aegis_position * 10, aegis_rows) < 10 ORDER BY aegis_position LIMIT 10',
      bigquery: 'SELECT `qty`, `price` FROM (SELECT `qty`, `price`, row_number() OVER (ORDER BY `qty`, `price`) AS aegis_position, count(*) OVER () AS aegis_rows FROM `orders` WHERE (qty > 0) AND `qty` IS NOT NULL AND `price` IS NOT NULL) AS numbered WHERE mod(aegis_position * 10, aegis_rows) < 10 ORDER BY aegis_position LIMIT 10',
      databricks: 'SELECT `qty`, `price` FROM (SELECT `qty`, `price`, row_number() OVER (ORDER BY `qty`, `price`) AS aegis_position, count(*) OVER () AS aegis_rows FROM `orders` WHERE (qty > 0) AND `qty` IS NOT NULL AND `price` IS NOT NULL) AS numbered WHERE mod(aegis_position * 10, aegis_rows) < 10 ORDER BY aegis_position LIMIT 10',
      athena: 'SELECT "qty", "price" FROM (SELECT "qty", "price", row_number() OVER (ORDER BY "qty", "price") AS aegis_position, count(*) OVER () AS aegis_rows FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS numbered WHERE mod(aegis_position * 10, aegis_rows) < 10 ORDER BY aegis_position LIMIT 10',
      trino: 'SELECT "qty", "price" FROM (SELECT "qty", "price", row_number() OVER (ORDER BY "qty", "price") AS aegis_position, count(*) OVER () AS aegis_rows FROM "orders" WHERE (qty > 0) AND "qty" IS NOT NULL AND "price" IS NOT NULL) AS numbered WHERE mod(aegis_position * 10, aegis_rows) < 10 ORDER BY aegis_position LIMIT 10',
    },
  },
  {
    title: 'a sample of a table that is not larger',
    of: (c) => ({ kind: 'row_sample', from: orders, columns: [c.qty], rowCount: '10', limit: 10 }),
    sql: {
      duckdb: 'SELECT "qty" FROM "orders" WHERE "qty" IS NOT NULL ORDER BY "qty" LIMIT 10',
      postgres: 'SELECT "qty" FROM "orders" WHERE "qty" IS NOT NULL ORDER BY "qty" LIMIT 10',
      bigquery: 'SELECT `qty` FROM `orders` WHERE `qty` IS NOT NULL ORDER BY `qty` LIMIT 10',
      databricks: 'SELECT `qty` FROM `orders` WHERE `qty` IS NOT NULL ORDER BY `qty` LIMIT 10',
      athena: 'SELECT "qty" FROM "orders" WHERE "qty" IS NOT NULL ORDER BY "qty" LIMIT 10',
      trino: 'SELECT "qty" FROM "orders" WHERE "qty" IS NOT NULL ORDER BY "qty" LIMIT 10',
    },
  },
  {
    title: 'how many rows a query gives',
    of: () => ({ kind: 'query_count', sql: 'SELECT 1 AS x' }),
    sql: {
      duckdb: 'SELECT count(*) AS returned FROM (SELECT 1 AS x) AS q',
      postgres: 'SELECT count(*) AS returned FROM (SELECT 1 AS x) AS q',
      bigquery: 'SELECT count(*) AS returned FROM (SELECT 1 AS x) AS q',
      databricks: 'SELECT count(*) AS returned FROM (SELECT 1 AS x) AS q',
      athena: 'SELECT count(*) AS returned FROM (SELECT 1 AS x) AS q',
      trino: 'SELECT count(*) AS returned FROM (SELECT 1 AS x) AS q',
    },
  },
  {
    title: 'the rows that a query gives',
    of: () => ({ kind: 'query_rows', sql: 'SELECT 1 AS x', limit: 5 }),
    sql: {
      duckdb: 'SELECT * FROM (SELECT 1 AS x) AS q LIMIT 5',
      postgres: 'SELECT * FROM (SELECT 1 AS x) AS q LIMIT 5',
      bigquery: 'SELECT * FROM (SELECT 1 AS x) AS q LIMIT 5',
      databricks: 'SELECT * FROM (SELECT 1 AS x) AS q LIMIT 5',
      athena: 'SELECT * FROM (SELECT 1 AS x) AS q LIMIT 5',
      trino: 'SELECT * FROM (SELECT 1 AS x) AS q LIMIT 5',
    },
  },
];
