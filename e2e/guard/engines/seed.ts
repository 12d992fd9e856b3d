import { planted } from '../hostile/planted.js';

/** The tables in scope, alike in DuckDB and PostgreSQL. */
export const inScope: readonly string[] = [
  'CREATE SCHEMA crm',
  'CREATE TABLE orders (id INTEGER, customer_id INTEGER, amount NUMERIC(12,2), status VARCHAR, note VARCHAR, created DATE, paid BOOLEAN)',
  `INSERT INTO orders VALUES
    (1, 1, 10.50, 'new', 'it''s', DATE '2026-01-31', TRUE), (2, 1, 0, 'paid', '', DATE '2024-02-29', FALSE),
    (3, 2, -3.25, 'new', NULL, NULL, NULL), (4, NULL, NULL, NULL, 'a -- b', DATE '1970-01-01', TRUE),
    (5, 3, 99999.99, 'späť', '日本', DATE '2026-01-31', TRUE)`,
  'CREATE TABLE crm.customers (id INTEGER, name VARCHAR, country VARCHAR, born DATE, vip BOOLEAN)',
  `INSERT INTO crm.customers VALUES (1, 'Ada', 'GB', DATE '1990-12-10', TRUE), (2, 'Bo', NULL, NULL, FALSE), (3, 'x', 'SK', DATE '2026-01-31', NULL)`,
  'CREATE TABLE "line items" ("order id" INTEGER, qty INTEGER, "größe" VARCHAR)',
  `INSERT INTO "line items" VALUES (1, 2, 'M'), (1, 1, 'L'), (5, NULL, ''), (9, 7, NULL)`,
];

/** The same rows, stored the other way round, in DuckDB. */
export const turned: readonly string[] = ['orders', 'crm.customers', '"line items"'].map(
  (table) => `CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${table} ORDER BY ALL DESC`,
);

/** What nothing in scope leads to. */
export const outOfScope: readonly string[] = [
  'CREATE SCHEMA vault',
  'CREATE TABLE secret (id INTEGER, v VARCHAR)',
  `INSERT INTO secret VALUES (1, '${planted}'), (2, '${planted}')`,
  'CREATE TABLE token (id INTEGER, v VARCHAR)',
  `INSERT INTO token VALUES (1, '${planted}')`,
  'CREATE TABLE vault.keys (id INTEGER, v VARCHAR)',
  `INSERT INTO vault.keys VALUES (1, '${planted}')`,
  'CREATE TABLE ledger (id INTEGER, v VARCHAR)',
  `INSERT INTO ledger VALUES (1, '${planted}')`,
  'CREATE SEQUENCE numbers',
];

/** One number that changes with any change of any table. */
export const fingerprint = `SELECT (SELECT count(*) FROM orders) + 100 * (SELECT count(*) FROM crm.customers) +
  10000 * (SELECT count(*) FROM "line items") + 1000000 * (SELECT count(*) FROM secret) + 10000000 * (SELECT count(*) FROM ledger) +
  100000000 * (SELECT coalesce(sum(id), 0) FROM ledger) + 1000000000 * (SELECT count(*) FROM information_schema.tables)`;
