/** A table with faults of every kind: NULL, empty and repeated values, values out of range, keys that lead nowhere. */
export const ordersTable = (textType: string): readonly string[] => [
  'create table customers (id integer)',
  'insert into customers values (1), (2), (3), (4), (5), (null)',
  'create table blocked (id integer)',
  'insert into blocked values (4)',
  `create table orders (id integer, customer_id integer, status ${textType}, email ${textType}, total decimal(10,2), net decimal(10,2), created_on date, empty_column ${textType})`,
  `insert into orders values
    (1, 1, 'paid', 'ann@example.org', 10.00, 9.00, date '2026-01-01', null),
    (2, 2, 'paid', 'bob@example.org', 20.00, 20.00, date '2026-01-02', null),
    (3, 3, 'open', null, 30.50, 31.00, date '2026-01-03', null),
    (3, 9, 'open', 'N/A', -5.00, null, date '2026-01-03', null),
    (4, null, 'PAID', 'carl(at)example', 1000.00, 900.00, date '2026-02-01', null),
    (5, 4, null, '', null, null, null, null),
    (5, 5, 'lost', 'ann@example.org', 15.25, 15.25, date '2025-12-31', null),
    (5, 1, 'paid', 'dora@example.org', 0.00, 0.00, date '2026-01-05', null)`,
];
