/** What the SQL of an engine calls the types of the orders. */
export interface OrderTypes {
  readonly integer: string;
  readonly text: string;
  readonly decimal: string;
}

export const orderCount = 10_000;

/** Statements in SQL that every engine reads: `orders` with 10,000 rows, by way of ten digits. */
export const orders = (types: OrderTypes, storage = ''): readonly string[] => [
  `CREATE TABLE digits (n ${types.integer})${storage}`,
  `INSERT INTO digits VALUES ${Array.from({ length: 10 }, (_, digit) => `(${digit})`).join(', ')}`,
  `CREATE TABLE orders${storage} AS ${ordersOf(types, everyId)}`,
];

/** `changed`: two orders fewer and three more, of one another label, and of four another amount. */
export const changed = (types: OrderTypes, storage = ''): readonly string[] => [
  `CREATE TABLE changed${storage} AS ${ordersOf(types, otherIds, {
    label: "CASE WHEN id = 5 THEN 'other' ELSE concat('item ', CAST(id AS $text)) END",
    thousandths: 'CASE WHEN mod(id, 2500) = 11 THEN 250 ELSE 125 END',
  })}`,
];

const everyId = `SELECT ones.n + 10 * tens.n + 100 * hundreds.n + 1000 * thousands.n AS id
  FROM digits AS ones CROSS JOIN digits AS tens CROSS JOIN digits AS hundreds CROSS JOIN digits AS thousands`;

const otherIds = `SELECT id FROM (${everyId}) AS every_id WHERE id <> 7 AND id <> 4000
  UNION ALL SELECT n + 10001 AS id FROM digits WHERE n < 3`;

const same = { label: "concat('item ', CAST(id AS $text))", thousandths: '125' };

const ordersOf = (types: OrderTypes, ids: string, { label, thousandths } = same): string => {
  const amount = `CAST(concat(CAST(mod(id, 1000) AS $text), '.', CAST(${thousandths} AS $text)) AS $decimal)`;
  const sql = `SELECT id, ${label} AS label, ${amount} AS amount FROM (${ids}) AS ids`;
  return sql.replaceAll('$text', types.text).replaceAll('$decimal', types.decimal);
};
