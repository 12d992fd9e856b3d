-- accepted_values
SELECT count(*) AS m0, count_if(NOT (list_contains(['placed', 'shipped', 'returned'], "status" COLLATE C))) AS m1, count("status") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(DISTINCT "status" COLLATE C) FILTER (WHERE NOT (list_contains(['placed', 'shipped', 'returned'], "status" COLLATE C))) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (NOT (list_contains(['placed', 'shipped', 'returned'], "status" COLLATE C))) LIMIT 5;

-- between
SELECT count(*) AS m0, count_if(("discount" < 0) OR ("discount" > 1)) AS m1, count("discount") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("discount" < 0) OR ("discount" > 1)) LIMIT 5;

-- column_sum_between
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2 FROM "shop"."orders" WHERE (status <> 'test');

-- composite_unique
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT hash("order_id", "line_number") AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT hash("order_id", "line_number") AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))), aegis_grouped AS (SELECT "order_id" AS k0, "line_number" AS k1, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL AND hash("order_id", "line_number") IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY "order_id", "line_number" UNION ALL SELECT "order_id" AS k0, "line_number" AS k1, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY "order_id", "line_number"), aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows, arg_min({'order_id': k0, 'line_number': k1, 'occurrences': n}, (-n, k0, k1), 5) FILTER (WHERE n > 1) AS examples FROM aegis_grouped) SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, CAST(duplicate_rows AS BIGINT) AS duplicate_rows, examples FROM aegis_totals, aegis_sorted;
WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT hash("order_id", "line_number") AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT hash("order_id", "line_number") AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))) SELECT "order_id" AS "order_id", "line_number" AS "line_number", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL AND hash("order_id", "line_number") IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY 1, 2 HAVING count(*) > 1 UNION ALL SELECT "order_id" AS "order_id", "line_number" AS "line_number", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "line_number" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 3 DESC, 1, 2 LIMIT 5;

-- conditional_not_null
SELECT count(*) AS m0, count_if(("shipped_at" IS NULL) AND (status = 'shipped')) AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("shipped_at" IS NULL) AND (status = 'shipped')) LIMIT 5;

-- custom_sql
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS returned FROM (WITH aegis_scope AS (SELECT * FROM "shop"."orders" WHERE (status <> 'test')) SELECT * FROM (select * from aegis_scope where shipped_at < ordered_at) AS aegis_query) AS q;
SELECT * FROM (WITH aegis_scope AS (SELECT * FROM "shop"."orders" WHERE (status <> 'test')) SELECT * FROM (select * from aegis_scope where shipped_at < ordered_at) AS aegis_query) AS q LIMIT 5;

-- date_order
SELECT count(*) AS m0, count_if("ordered_at" > "shipped_at") AS m1, count_if(("ordered_at" IS NOT NULL) AND ("shipped_at" IS NOT NULL)) AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("ordered_at" > "shipped_at") LIMIT 5;

-- duplicate_percentage_below
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT hash("email" COLLATE C) AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT hash("email" COLLATE C) AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))), aegis_grouped AS (SELECT "email" COLLATE C AS k0, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL AND hash("email" COLLATE C) IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY "email" COLLATE C UNION ALL SELECT "email" COLLATE C AS k0, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY "email" COLLATE C), aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows, arg_min({'email': k0, 'occurrences': n}, (-n, k0), 5) FILTER (WHERE n > 1) AS examples FROM aegis_grouped) SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, CAST(duplicate_rows AS BIGINT) AS duplicate_rows, examples FROM aegis_totals, aegis_sorted;
WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT hash("email" COLLATE C) AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT hash("email" COLLATE C) AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))) SELECT "email" COLLATE C AS "email", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL AND hash("email" COLLATE C) IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY 1 HAVING count(*) > 1 UNION ALL SELECT "email" COLLATE C AS "email", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "email" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 5;

-- foreign_key
SELECT count(*) AS m0, count("customer_id") AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS unmatched_rows, count(*) AS unmatched_keys FROM (SELECT count(*) AS n FROM (SELECT "customer_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "customer_id" IS NOT NULL) AS c WHERE k0 NOT IN (SELECT "id" AS k0 FROM "shop"."customers" WHERE "id" IS NOT NULL) GROUP BY c.k0) AS g;
SELECT c.* FROM (SELECT * FROM "shop"."orders" WHERE (status <> 'test')) AS c SEMI JOIN (SELECT k0 FROM (SELECT "customer_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "customer_id" IS NOT NULL) AS c WHERE k0 NOT IN (SELECT "id" AS k0 FROM "shop"."customers" WHERE "id" IS NOT NULL) LIMIT 5) AS m ON m.k0 = c."customer_id" LIMIT 5;

-- freshness
SELECT count(*) AS m0, max("loaded_at") AS m1 FROM "shop"."orders" WHERE (status <> 'test');

-- isolation_forest
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT "amount", "quantity" FROM "shop"."orders" WHERE (status <> 'test') AND "amount" IS NOT NULL AND "quantity" IS NOT NULL ORDER BY "amount", "quantity" LIMIT 10000;

-- learned_threshold
SELECT count(*) AS m0, count("amount") AS m1, sum("amount") AS m2, sum(CAST("amount" AS DOUBLE) * CAST("amount" AS DOUBLE)) AS m3, min("amount") AS m4, max("amount") AS m5 FROM "shop"."orders" WHERE (status <> 'test');

-- max_value_check
SELECT count(*) AS m0, count_if("quantity" > 1000) AS m1, count("quantity") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("quantity" > 1000) LIMIT 5;

-- mean_between
SELECT count(*) AS m0, count("rating") AS m1, sum("rating") AS m2 FROM "shop"."orders" WHERE (status <> 'test');

-- min_value_check
SELECT count(*) AS m0, count_if("quantity" < 0) AS m1, count("quantity") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("quantity" < 0) LIMIT 5;

-- no_future_dates
SELECT count(*) AS m0, count_if("ordered_at" > TIMESTAMP '2026-01-15 12:00:00') AS m1, count("ordered_at") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND ("ordered_at" > TIMESTAMP '2026-01-15 12:00:00') LIMIT 5;

-- not_accepted_values
SELECT count(*) AS m0, count_if(list_contains(['test@example.com', 'n/a'], "email" COLLATE C)) AS m1, count("email") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(DISTINCT "email" COLLATE C) FILTER (WHERE list_contains(['test@example.com', 'n/a'], "email" COLLATE C)) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (list_contains(['test@example.com', 'n/a'], "email" COLLATE C)) LIMIT 5;

-- not_empty_string
SELECT count(*) AS m0, count_if(("name" IS NULL) OR (NOT regexp_matches("name" COLLATE C, '[^\t\n\v\f\r \x{a0}]'))) AS m1 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("name" IS NULL) OR (NOT regexp_matches("name" COLLATE C, '[^\t\n\v\f\r \x{a0}]'))) LIMIT 5;

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
SELECT mt.n AS missing_in_target, ms.n AS missing_in_source, s.incomplete AS null_in_source, t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target FROM (SELECT count(*) AS n FROM (SELECT DISTINCT a.k0 FROM (SELECT "order_id" AS k0 FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS a ANTI JOIN (SELECT "order_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS b ON b.k0 = a.k0) AS d) AS mt, (SELECT count(*) AS n FROM (SELECT DISTINCT a.k0 FROM (SELECT "order_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS a ANTI JOIN (SELECT "order_id" AS k0 FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS b ON b.k0 = a.k0) AS d) AS ms, (SELECT count(*) AS n, count_if("order_id" IS NULL) AS incomplete FROM "raw"."orders") AS s, (SELECT count(*) AS n, count_if("order_id" IS NULL) AS incomplete FROM "shop"."orders" WHERE (status <> 'test')) AS t;
SELECT side, k0 AS "order_id" FROM (SELECT 'missing_in_target' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "order_id" AS k0 FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS a ANTI JOIN (SELECT "order_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS b ON b.k0 = a.k0 ORDER BY k0 LIMIT 5) AS missing_in_target UNION ALL SELECT 'missing_in_source' AS side, k0, row_number() OVER (ORDER BY k0) AS place FROM (SELECT DISTINCT a.k0 FROM (SELECT "order_id" AS k0 FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS a ANTI JOIN (SELECT "order_id" AS k0 FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS b ON b.k0 = a.k0 ORDER BY k0 LIMIT 5) AS missing_in_source) AS d ORDER BY place, side LIMIT 5;

-- reconcile_key_match, across warehouses
SELECT count(*) AS m0, count_if("order_id" IS NOT NULL) AS m1, min("order_id") AS m2, max("order_id") AS m3 FROM "shop"."orders" WHERE (status <> 'test');
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(key_hash) AS checksum FROM (SELECT CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT DISTINCT k0 FROM (SELECT "order_id" AS k0, CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;
SELECT count(*) AS m0, count_if("order_id" IS NOT NULL) AS m1, (SELECT min("order_id") FROM "raw"."orders") AS m2, (SELECT max("order_id") FROM "raw"."orders") AS m3 FROM "raw"."orders";
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(key_hash) AS checksum FROM (SELECT CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT DISTINCT k0 FROM (SELECT "order_id" AS k0, CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;

-- reconcile_row_count
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS m0 FROM "raw"."orders";

-- reconcile_row_count, across warehouses
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count(*) AS m0 FROM "raw"."orders";

-- reconcile_rows
SELECT d.*, s.incomplete AS null_in_source, t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target FROM (SELECT count_if(t.present IS NULL) AS missing_in_target, count_if(s.present IS NULL) AS missing_in_source, count_if(t.present = 1 AND s.present = 1 AND (t.v0 IS DISTINCT FROM s.v0 OR (t.v1 IS DISTINCT FROM s.v1 AND NOT coalesce(try(abs(t.m1 - s.m1) <= 0.01), FALSE)) OR t.v2 IS DISTINCT FROM s.v2)) AS different, count_if(t.present = 1 AND s.present = 1 AND (t.v0 IS DISTINCT FROM s.v0)) AS different_0, count_if(t.present = 1 AND s.present = 1 AND ((t.v1 IS DISTINCT FROM s.v1 AND NOT coalesce(try(abs(t.m1 - s.m1) <= 0.01), FALSE)))) AS different_1, count_if(t.present = 1 AND s.present = 1 AND (t.v2 IS DISTINCT FROM s.v2)) AS different_2, count(t.present) AS joined_in_target, count(s.present) AS joined_in_source FROM (SELECT "order_id" AS k0, "status" COLLATE C AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CASE WHEN isfinite("updated_at") THEN CAST((epoch_us("updated_at") - mod(mod(epoch_us("updated_at"), 1000000) + 1000000, 1000000)) AS VARCHAR) WHEN "updated_at" > TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN 'Infinity' WHEN "updated_at" < TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN '-Infinity' END AS v2, "updated_at" AS r2, 1 AS present FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS t FULL JOIN (SELECT "order_id" AS k0, "status" COLLATE C AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CASE WHEN isfinite("updated_at") THEN CAST((epoch_us("updated_at") - mod(mod(epoch_us("updated_at"), 1000000) + 1000000, 1000000)) AS VARCHAR) WHEN "updated_at" > TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN 'Infinity' WHEN "updated_at" < TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN '-Infinity' END AS v2, "updated_at" AS r2, 1 AS present FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS s ON s.k0 = t.k0) AS d, (SELECT count(*) AS n, count_if("order_id" IS NULL) AS incomplete FROM "raw"."orders") AS s, (SELECT count(*) AS n, count_if("order_id" IS NULL) AS incomplete FROM "shop"."orders" WHERE (status <> 'test')) AS t;
SELECT difference, k0, t0, t1, t2, s0, s1, s2 FROM (SELECT difference, k0, t0, t1, t2, s0, s1, s2, row_number() OVER (PARTITION BY difference ORDER BY k0) AS nth FROM (SELECT CASE WHEN t.present IS NULL THEN 'missing_in_target' WHEN s.present IS NULL THEN 'missing_in_source' ELSE 'different' END AS difference, coalesce(t.k0, s.k0) AS k0, t.r0 AS t0, t.r1 AS t1, t.r2 AS t2, s.r0 AS s0, s.r1 AS s1, s.r2 AS s2 FROM (SELECT "order_id" AS k0, "status" COLLATE C AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CASE WHEN isfinite("updated_at") THEN CAST((epoch_us("updated_at") - mod(mod(epoch_us("updated_at"), 1000000) + 1000000, 1000000)) AS VARCHAR) WHEN "updated_at" > TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN 'Infinity' WHEN "updated_at" < TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN '-Infinity' END AS v2, "updated_at" AS r2, 1 AS present FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS t FULL JOIN (SELECT "order_id" AS k0, "status" COLLATE C AS v0, "status" AS r0, "amount" AS v1, "amount" AS m1, "amount" AS r1, CASE WHEN isfinite("updated_at") THEN CAST((epoch_us("updated_at") - mod(mod(epoch_us("updated_at"), 1000000) + 1000000, 1000000)) AS VARCHAR) WHEN "updated_at" > TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN 'Infinity' WHEN "updated_at" < TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN '-Infinity' END AS v2, "updated_at" AS r2, 1 AS present FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS s ON s.k0 = t.k0 WHERE t.present IS NULL OR s.present IS NULL OR t.v0 IS DISTINCT FROM s.v0 OR (t.v1 IS DISTINCT FROM s.v1 AND NOT coalesce(try(abs(t.m1 - s.m1) <= 0.01), FALSE)) OR t.v2 IS DISTINCT FROM s.v2) AS f) AS n ORDER BY nth, difference LIMIT 5;

-- reconcile_rows, across warehouses
SELECT count(*) AS m0, count_if("order_id" IS NOT NULL) AS m1, min("order_id") AS m2, max("order_id") AS m3 FROM "shop"."orders" WHERE (status <> 'test');
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(row_hash) AS checksum FROM (SELECT CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash, CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR) || ',' || coalesce(CAST(length("status") AS VARCHAR) || ':' || "status", '-') || ',' || coalesce(rtrim(rtrim(CAST("amount" AS VARCHAR), '0'), '.'), '-') || ',' || coalesce(CASE WHEN isfinite("updated_at") THEN CAST((epoch_us("updated_at") - mod(mod(epoch_us("updated_at"), 1000000) + 1000000, 1000000)) AS VARCHAR) WHEN "updated_at" > TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN 'Infinity' WHEN "updated_at" < TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN '-Infinity' END, '-') || ','), 1, 15) AS BIGINT) AS row_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT k0, v0, v1, v2 FROM (SELECT "order_id" AS k0, "status" COLLATE C AS v0, "amount" AS v1, "updated_at" AS v2, CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;
SELECT count(*) AS m0, count_if("order_id" IS NOT NULL) AS m1, (SELECT min("order_id") FROM "raw"."orders") AS m2, (SELECT max("order_id") FROM "raw"."orders") AS m3 FROM "raw"."orders";
SELECT mod(key_hash, 10000) AS bucket, count(*) AS n, sum(row_hash) AS checksum FROM (SELECT CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash, CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR) || ',' || coalesce(CAST(length("status") AS VARCHAR) || ':' || "status", '-') || ',' || coalesce(rtrim(rtrim(CAST("amount" AS VARCHAR), '0'), '.'), '-') || ',' || coalesce(CASE WHEN isfinite("updated_at") THEN CAST((epoch_us("updated_at") - mod(mod(epoch_us("updated_at"), 1000000) + 1000000, 1000000)) AS VARCHAR) WHEN "updated_at" > TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN 'Infinity' WHEN "updated_at" < TIMESTAMPTZ '1970-01-01 00:00:00+00' THEN '-Infinity' END, '-') || ','), 1, 15) AS BIGINT) AS row_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h GROUP BY 1;
SELECT k0, v0, v1, v2 FROM (SELECT "order_id" AS k0, "status" COLLATE C AS v0, "amount" AS v1, "updated_at" AS v2, CAST('0x' || substr(md5(CAST("order_id" AS VARCHAR)), 1, 15) AS BIGINT) AS key_hash FROM "raw"."orders" WHERE "order_id" IS NOT NULL) AS h WHERE mod(key_hash, 10000) IN (0) LIMIT 1000000;

-- regex_match
SELECT count(*) AS m0, count_if(NOT regexp_matches("sku" COLLATE C, '^[A-Z]{3}-[0-9]{4}$')) AS m1, count("sku") AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (NOT regexp_matches("sku" COLLATE C, '^[A-Z]{3}-[0-9]{4}$')) LIMIT 5;

-- row_count
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');

-- row_count_between
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');

-- sql_expression
SELECT count(*) AS m0, count_if(NOT (revenue >= 0)) AS m1, count((revenue >= 0)) AS m2 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (NOT (revenue >= 0)) LIMIT 5;

-- stddev_below
SELECT count(*) AS m0, count("latency_ms") AS m1, count_if(isfinite("latency_ms")) AS m2, stddev_samp(CAST("latency_ms" AS DOUBLE)) FILTER (WHERE isfinite("latency_ms")) AS m3 FROM "shop"."orders" WHERE (status <> 'test');

-- unique
SELECT count(*) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT "order_id" AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT "order_id" AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))), aegis_grouped AS (SELECT "order_id" AS k0, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "order_id" IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY "order_id" UNION ALL SELECT "order_id" AS k0, count(*) AS n FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY "order_id"), aegis_totals AS (SELECT coalesce(sum(n), 0) AS rows_grouped, count(*) AS keys, count(*) FILTER (WHERE n > 1) AS duplicate_keys, coalesce(sum(n) FILTER (WHERE n > 1), 0) AS duplicate_rows, arg_min({'order_id': k0, 'occurrences': n}, (-n, k0), 5) FILTER (WHERE n > 1) AS examples FROM aegis_grouped) SELECT CAST(greatest(n, rows_grouped) AS BIGINT) AS complete, CAST(greatest(n, rows_grouped) - rows_grouped + keys AS BIGINT) AS distinct_keys, duplicate_keys, CAST(duplicate_rows AS BIGINT) AS duplicate_rows, examples FROM aegis_totals, aegis_sorted;
WITH aegis_sample AS (SELECT (count(*) - count(DISTINCT mark)) * 1024 < count(*) AS is_spread FROM (SELECT "order_id" AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL LIMIT 65536)), aegis_sorted AS (SELECT count(*) AS n, if(coalesce(bool_and(mark >= before), TRUE), list(mark) FILTER (WHERE mark = before), error('sorted keys came out of order')) AS repeated FROM (SELECT mark, lag(mark) OVER () AS before FROM (SELECT "order_id" AS mark FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND (SELECT is_spread FROM aegis_sample) ORDER BY mark))) SELECT "order_id" AS "order_id", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND "order_id" IN (SELECT unnest(repeated) FROM aegis_sorted) GROUP BY 1 HAVING count(*) > 1 UNION ALL SELECT "order_id" AS "order_id", count(*) AS occurrences FROM "shop"."orders" WHERE (status <> 'test') AND "order_id" IS NOT NULL AND NOT (SELECT is_spread FROM aegis_sample) GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 5;

-- zscore_outlier
SELECT count(*) AS m0, count("amount") AS m1, count_if("amount" IS NOT NULL) AS m2, avg(CAST("amount" AS DOUBLE)) FILTER (WHERE "amount" IS NOT NULL) AS m3, stddev_pop(CAST("amount" AS DOUBLE)) FILTER (WHERE "amount" IS NOT NULL) AS m4 FROM "shop"."orders" WHERE (status <> 'test');
SELECT count_if(("amount" IS NOT NULL) AND (abs(((CAST("amount" AS DOUBLE) - CAST('7' AS DOUBLE)) / CAST('7' AS DOUBLE))) > CAST('3' AS DOUBLE))) AS m0 FROM "shop"."orders" WHERE (status <> 'test');
SELECT * FROM "shop"."orders" WHERE (status <> 'test') AND (("amount" IS NOT NULL) AND (abs(((CAST("amount" AS DOUBLE) - CAST('7' AS DOUBLE)) / CAST('7' AS DOUBLE))) > CAST('3' AS DOUBLE))) LIMIT 5;
