-- accepted_values
SELECT count(*) AS m0, count(*) FILTER (WHERE NOT ("status" IN ('placed', 'shipped', 'returned'))) AS m1, count("status") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(DISTINCT "status") FILTER (WHERE NOT ("status" IN ('placed', 'shipped', 'returned'))) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (NOT ("status" IN ('placed', 'shipped', 'returned'))) LIMIT 5;

-- between
SELECT count(*) AS m0, count(*) FILTER (WHERE ("discount" < 0) OR ("discount" > 1)) AS m1, count("discount") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("discount" < 0) OR ("discount" > 1)) LIMIT 5;

-- column_sum_between
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2 FROM "shop"."orders" WHERE (status <> 'test');

-- composite_unique
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL GROUP BY "order_id", "line_number") AS g;
SELECT "order_id" AS "order_id", "line_number" AS "line_number", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY count(*) DESC, 1, 2 LIMIT 5;

-- conditional_not_null
SELECT count(*) AS m0, count(*) FILTER (WHERE ("shipped_at" IS NULL) AND (status = 'shipped')) AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("shipped_at" IS NULL) AND (status = 'shipped')) LIMIT 5;

-- custom_sql
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS returned FROM (WITH aegis_scope AS (SELECT * FROM "shop"."orders" WHERE (status <> 'test')) SELECT * FROM (select * from aegis_scope where shipped_at < ordered_at) AS aegis_query) AS q;
SELECT * FROM (WITH aegis_scope AS (SELECT * FROM "shop"."orders" WHERE (status <> 'test')) SELECT * FROM (select * from aegis_scope where shipped_at < ordered_at) AS aegis_query) AS q LIMIT 5;

-- date_order
SELECT count(*) AS m0, count(*) FILTER (WHERE "ordered_at" > "shipped_at") AS m1, count(*) FILTER (WHERE ("ordered_at" IS NOT NULL) AND ("shipped_at" IS NOT NULL)) AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("ordered_at" > "shipped_at") LIMIT 5;

-- duplicate_percentage_below
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL GROUP BY "email") AS g;
SELECT "email" AS "email", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT 5;

-- foreign_key
SELECT count(*) AS m0, count("customer_id") AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "customer_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "customer_id" IS NOT NULL) AS c WHERE NOT EXISTS (SELECT 1 FROM "shop"."customers" AS p WHERE p."id" = c.k0) GROUP BY c.k0) AS g;
SELECT c.* FROM (SELECT * FROM "shop"."orders" WHERE (status <> 'test')) AS c WHERE c."customer_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "shop"."customers" AS p WHERE p."id" = c."customer_id") LIMIT 5;

-- freshness
SELECT count(*) AS m0, max("loaded_at") AS m1 FROM "shop"."orders" WHERE (status <> 'test');

-- isolation_forest
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT "amount", "quantity" FROM "shop"."orders" WHERE (status <> 'test') AND "amount" IS NOT NULL AND "quantity" IS NOT NULL ORDER BY "amount", "quantity" LIMIT 10000;

-- learned_threshold
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2, sum(CAST("amount" AS DOUBLE) * CAST("amount" AS DOUBLE)) AS m3, min("amount") AS m4, max("amount") AS m5 FROM "shop"."orders" WHERE (status <> 'test');

-- max_value_check
SELECT count(*) AS m0, count(*) FILTER (WHERE "quantity" > 1000) AS m1, count("quantity") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("quantity" > 1000) LIMIT 5;

-- mean_between
SELECT count(*) AS m0, count("rating") AS m1, sum(CAST("rating" AS DECIMAL(38, 0))) AS m2 FROM "shop"."orders" WHERE (status <> 'test');

-- min_value_check
SELECT count(*) AS m0, count(*) FILTER (WHERE "quantity" < 0) AS m1, count("quantity") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("quantity" < 0) LIMIT 5;

-- no_future_dates
SELECT count(*) AS m0, count(*) FILTER (WHERE "ordered_at" > TIMESTAMP '2026-01-15 12:00:00') AS m1, count("ordered_at") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("ordered_at" > TIMESTAMP '2026-01-15 12:00:00') LIMIT 5;

-- not_accepted_values
SELECT count(*) AS m0, count(*) FILTER (WHERE "email" IN ('test@example.com', 'n/a')) AS m1, count("email") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(DISTINCT "email") FILTER (WHERE "email" IN ('test@example.com', 'n/a')) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("email" IN ('test@example.com', 'n/a')) LIMIT 5;

-- not_empty_string
SELECT count(*) AS m0, count(*) FILTER (WHERE ("name" IS NULL) OR (trim(BOTH U&'\0009\000A\000B\000C\000D\0020\00A0' FROM "name") = '')) AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("name" IS NULL) OR (trim(BOTH U&'\0009\000A\000B\000C\000D\0020\00A0' FROM "name") = '')) LIMIT 5;

-- not_null
SELECT count(*) AS m0, count("customer_id") AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("customer_id" IS NULL) LIMIT 5;

-- null_percentage_below
SELECT count(*) AS m0, count("email") AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("email" IS NULL) LIMIT 5;

-- reconcile_column_sum
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2 FROM "raw"."orders";

-- reconcile_column_sum, across warehouses
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2 FROM "raw"."orders";

-- reconcile_key_match
SELECT count(*) FILTER (WHERE s.n IS NOT NULL AND t.n IS NULL AND NOT (s.k0 IS NULL)) AS missing_in_target, count(*) FILTER (WHERE t.n IS NOT NULL AND s.n IS NULL AND NOT (t.k0 IS NULL)) AS missing_in_source, CAST(coalesce(sum(s.n) FILTER (WHERE s.k0 IS NULL), 0) AS BIGINT) AS null_in_source, CAST(coalesce(sum(t.n) FILTER (WHERE t.k0 IS NULL), 0) AS BIGINT) AS null_in_target, CAST(coalesce(sum(s.n), 0) AS BIGINT) AS rows_in_source, CAST(coalesce(sum(t.n), 0) AS BIGINT) AS rows_in_target FROM (SELECT "order_id" AS k0, count(*) AS n FROM "raw"."orders" GROUP BY "order_id") AS s FULL JOIN (SELECT "order_id" AS k0, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') GROUP BY "order_id") AS t ON s.k0 = t.k0;
SELECT side, k0 AS "order_id" FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "order_id" AS k0 FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "order_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 5) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "order_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS a WHERE NOT EXISTS (SELECT 1 FROM (SELECT "order_id" AS k0 FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS b WHERE b.k0 = a.k0) ORDER BY k0 LIMIT 5) AS missing_in_source) AS d ORDER BY place, side LIMIT 5;

-- reconcile_key_match, across warehouses
SELECT count(*) AS m0, count(*) FILTER (WHERE "order_id" IS NOT NULL) AS m1, min("order_id") AS m2, max("order_id") AS m3 FROM "shop"."orders" WHERE (status <> 'test');
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(CAST(key_hash AS DECIMAL(38, 0))) AS checksum FROM (SELECT from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT DISTINCT k0 FROM (SELECT "order_id" AS k0, from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;
SELECT count(*) AS m0, count(*) FILTER (WHERE "order_id" IS NOT NULL) AS m1, min("order_id") AS m2, max("order_id") AS m3 FROM "raw"."orders";
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(CAST(key_hash AS DECIMAL(38, 0))) AS checksum FROM (SELECT from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT DISTINCT k0 FROM (SELECT "order_id" AS k0, from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;

-- reconcile_row_count
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS m0 FROM "raw"."orders";

-- reconcile_row_count, across warehouses
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS m0 FROM "raw"."orders";

-- reconcile_rows
SELECT d.*, s.incomplete AS null_in_source, t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target FROM (SELECT count(*) FILTER (WHERE t.present IS NULL) AS missing_in_target, count(*) FILTER (WHERE s.present IS NULL) AS missing_in_source, count(*) FILTER (WHERE t.present = 1 AND s.present = 1 AND (t.v0 IS DISTINCT FROM s.v0 OR (t.v1 IS DISTINCT FROM s.v1 AND NOT coalesce(try(abs(t.m1 - s.m1) <= DECIMAL '0.01'), FALSE)) OR t.v2 IS DISTINCT FROM s.v2)) AS different, count(*) FILTER (WHERE t.present = 1 AND s.present = 1 AND (t.v0 IS DISTINCT FROM s.v0)) AS different_0, count(*) FILTER (WHERE t.present = 1 AND s.present = 1 AND ((t.v1 IS DISTINCT FROM s.v1 AND NOT coalesce(try(abs(t.m1 - s.m1) <= DECIMAL '0.01'), FALSE)))) AS different_1, count(*) FILTER (WHERE t.present = 1 AND s.present = 1 AND (t.v2 IS DISTINCT FROM s.v2)) AS different_2, count(t.present) AS joined_in_target, count(s.present) AS joined_in_source FROM (SELECT "order_id" AS k0, "status" AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CAST(((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)) - mod(mod((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)), 1000000) + 1000000, 1000000)) AS VARCHAR) AS v2, "updated_at" AS r2, 1 AS present FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS t FULL JOIN (SELECT "order_id" AS k0, "status" AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CAST(((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)) - mod(mod((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)), 1000000) + 1000000, 1000000)) AS VARCHAR) AS v2, "updated_at" AS r2, 1 AS present FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS s ON s.k0 = t.k0) AS d, (SELECT count(*) AS n, count(*) FILTER (WHERE "order_id" IS NULL) AS incomplete FROM "raw"."orders") AS s, (SELECT count(*) AS n, count(*) FILTER (WHERE "order_id" IS NULL) AS incomplete FROM "shop"."orders" WHERE (status <> 'test')) AS t;
SELECT difference, k0, t0, t1, t2, s0, s1, s2 FROM (SELECT difference, k0, t0, t1, t2, s0, s1, s2, row_number() OVER (PARTITION BY difference ORDER BY k0) AS nth FROM (SELECT CASE WHEN t.present IS NULL THEN 'missing_in_target' WHEN s.present IS NULL THEN 'missing_in_source' ELSE 'different' END AS difference, coalesce(t.k0, s.k0) AS k0, t.r0 AS t0, t.r1 AS t1, t.r2 AS t2, s.r0 AS s0, s.r1 AS s1, s.r2 AS s2 FROM (SELECT "order_id" AS k0, "status" AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CAST(((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)) - mod(mod((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)), 1000000) + 1000000, 1000000)) AS VARCHAR) AS v2, "updated_at" AS r2, 1 AS present FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS t FULL JOIN (SELECT "order_id" AS k0, "status" AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CAST(((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)) - mod(mod((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)), 1000000) + 1000000, 1000000)) AS VARCHAR) AS v2, "updated_at" AS r2, 1 AS present FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS s ON s.k0 = t.k0 WHERE t.present IS NULL OR s.present IS NULL OR t.v0 IS DISTINCT FROM s.v0 OR (t.v1 IS DISTINCT FROM s.v1 AND NOT coalesce(try(abs(t.m1 - s.m1) <= DECIMAL '0.01'), FALSE)) OR t.v2 IS DISTINCT FROM s.v2) AS f) AS n ORDER BY nth, difference LIMIT 5;

-- reconcile_rows, across warehouses
SELECT count(*) AS m0, count(*) FILTER (WHERE "order_id" IS NOT NULL) AS m1, min("order_id") AS m2, max("order_id") AS m3 FROM "shop"."orders" WHERE (status <> 'test');
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(CAST(row_hash AS DECIMAL(38, 0))) AS checksum FROM (SELECT from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash, from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR) || ',' || coalesce(CAST(length("status") AS VARCHAR) || ':' || "status", '-') || ',' || coalesce(trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST("amount" AS VARCHAR))), '-') || ',' || coalesce(CAST(((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)) - mod(mod((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)), 1000000) + 1000000, 1000000)) AS VARCHAR), '-') || ','))), 1, 15), 16) AS row_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT k0, v0, v1, v2 FROM (SELECT "order_id" AS k0, "status" AS v0, "amount" AS v1, "updated_at" AS v2, from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;
SELECT count(*) AS m0, count(*) FILTER (WHERE "order_id" IS NOT NULL) AS m1, min("order_id") AS m2, max("order_id") AS m3 FROM "raw"."orders";
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(CAST(row_hash AS DECIMAL(38, 0))) AS checksum FROM (SELECT from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash, from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR) || ',' || coalesce(CAST(length("status") AS VARCHAR) || ':' || "status", '-') || ',' || coalesce(trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST("amount" AS VARCHAR))), '-') || ',' || coalesce(CAST(((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)) - mod(mod((date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)))) * 1000000 + CAST(substr(CAST(CAST("updated_at" AT TIME ZONE 'UTC' AS timestamp(6)) AS VARCHAR), -6) AS BIGINT)), 1000000) + 1000000, 1000000)) AS VARCHAR), '-') || ','))), 1, 15), 16) AS row_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT k0, v0, v1, v2 FROM (SELECT "order_id" AS k0, "status" AS v0, "amount" AS v1, "updated_at" AS v2, from_base(substr(to_hex(md5(to_utf8(CAST("order_id" AS VARCHAR)))), 1, 15), 16) AS key_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;

-- regex_match
SELECT count(*) AS m0, count(*) FILTER (WHERE NOT regexp_like("sku", '\A[A-Z]{3}-[0-9]{4}\z')) AS m1, count("sku") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (NOT regexp_like("sku", '\A[A-Z]{3}-[0-9]{4}\z')) LIMIT 5;

-- row_count
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');

-- row_count_between
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');

-- sql_expression
SELECT count(*) AS m0, count(*) FILTER (WHERE NOT (revenue >= 0)) AS m1, count((revenue >= 0)) AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (NOT (revenue >= 0)) LIMIT 5;

-- stddev_below
SELECT count(*) AS m0, count("latency_ms") AS m1, count(*) FILTER (WHERE is_finite("latency_ms")) AS m2, stddev_samp(CAST("latency_ms" AS DOUBLE)) FILTER (WHERE is_finite("latency_ms")) AS m3 FROM "shop"."orders" WHERE (status <> 'test');

-- unique
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS complete, count(*) AS distinct_keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS duplicate_rows FROM (SELECT count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL GROUP BY "order_id") AS g;
SELECT "order_id" AS "order_id", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT 5;

-- zscore_outlier
SELECT count(*) AS m0, count("amount") AS m1, count(*) FILTER (WHERE "amount" IS NOT NULL) AS m2, avg(CAST("amount" AS DOUBLE)) FILTER (WHERE "amount" IS NOT NULL) AS m3, stddev_pop(CAST("amount" AS DOUBLE)) FILTER (WHERE "amount" IS NOT NULL) AS m4 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) FILTER (WHERE ("amount" IS NOT NULL) AND (abs(((CAST("amount" AS DOUBLE) - CAST('7' AS DOUBLE)) / CAST('7' AS DOUBLE))) > CAST('3' AS DOUBLE))) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("amount" IS NOT NULL) AND (abs(((CAST("amount" AS DOUBLE) - CAST('7' AS DOUBLE)) / CAST('7' AS DOUBLE))) > CAST('3' AS DOUBLE))) LIMIT 5;
