import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { State, Storage } from './options.js';

/** Raise it when the data below changes, so that old files are not taken for new ones. */
const generation = 3;

/** Where the tables of one measurement are. */
export interface DataSet {
  readonly rows: number;
  readonly state: State;
  /** Database with the tables `lines`, `orders` and `parts`. */
  readonly database: string;
  /** The same tables as files: `lines.parquet`, … */
  readonly folder: string;
}

export const dataFolder = join(import.meta.dirname, '..', '.data');

export const tablePath = ({ folder }: DataSet, table: string): string => join(folder, `${table}.parquet`);

/** How SQL names the table: in the database, or the file. */
export const relation = (dataSet: DataSet, storage: Storage, table: string): string =>
  storage === 'native' ? table : `'${tablePath(dataSet, table)}'`;

/** Makes the tables, or finds them made. Equal arguments give equal tables. */
export const generate = async (rows: number, state: State): Promise<DataSet> => {
  const folder = join(dataFolder, `v${generation}-${rows}-${state}`);
  const dataSet = { rows, state, folder, database: join(folder, 'shop.duckdb') };
  if (existsSync(folder)) return dataSet;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await fill(unfinished, rows, state);
  renameSync(unfinished, folder);
  return dataSet;
};

const fill = async (folder: string, rows: number, state: State): Promise<void> => {
  const instance = await DuckDBInstance.create(join(folder, 'shop.duckdb'));
  const connection = await instance.connect();
  const tables = { lines: linesSql(rows, state), orders: ordersSql(rows), parts: partsSql };
  for (const [name, sql] of Object.entries(tables)) {
    await connection.run(`CREATE TABLE ${name} AS ${sql}`);
    await connection.run(`COPY ${name} TO '${join(folder, `${name}.parquet`)}'`);
  }
  await connection.run('CHECKPOINT');
  connection.disconnectSync();
  instance.closeSync();
};

const ordersSql = (rows: number) => `
SELECT i + 1 AS order_id, hash(i, 'customer') % 150000 AS customer_id, DATE '2019-01-01' + CAST(i % 2400 AS INTEGER) AS order_date
FROM range(${Math.ceil(rows / 4)}) AS orders(i)`;

const partsSql = `
SELECT CAST(i + 1 AS INTEGER) AS part_id, 'part ' || i AS part_name FROM range(200000) AS parts(i)`;

/** Spread over the table, and present in small tables too. */
type Fault = (every: number, faulty: string, sound: string) => string;

const noFault: Fault = (_every, _faulty, sound) => sound;
const withFaults =
  (rows: number): Fault =>
  (every, faulty, sound) => {
    const period = Math.min(every, Math.floor(rows / 2));
    return `CASE WHEN i % ${period} = ${Math.floor(period * 0.7)} THEN ${faulty} ELSE ${sound} END`;
  };

/** `low + whole steps`, evenly distributed and the same for the same row. */
const spread = (salt: string, choices: number) => `CAST(hash(i, '${salt}') % ${choices} AS INTEGER)`;
const pick = (salt: string, values: readonly string[]) =>
  `[${values.map((value) => `'${value}'`).join(', ')}][1 + ${spread(salt, values.length)}]`;

/** Different for every `i` below 2^31 − 1, which is prime, and in no order. */
const scattered = (i: string) => `(${i}) * 48271 % 2147483647`;
const trackingNumber = (i: string) => `printf('TRK%012d', ${scattered(i)})`;

/** Modelled on TPC-H's lineitem, with a text key, e-mail addresses, some NULLs and a timestamp. */
const linesSql = (rows: number, state: State): string => {
  const fault = state === 'failing' ? withFaults(rows) : noFault;
  const priceSql = `CAST((90000 + hash(i, 'price') % 10000000) / 100.0 AS DECIMAL(12, 2))`;
  return `
SELECT
  i AS line_id,
  ${fault(100_003, trackingNumber('i - 1'), trackingNumber('i'))} AS tracking_number,
  ${fault(250_007, '-1', 'i // 4 + 1')} AS order_id,
  ${fault(1_009, 'NULL', `1 + ${spread('part', 200_000)}`)} AS part_id,
  1 + ${spread('quantity', 50)} AS quantity,
  ${fault(100_019, '-1.00', priceSql)} AS unit_price,
  CAST(${spread('discount', 11)} / 100.0 ${state === 'failing' ? '/ 2' : ''} AS DECIMAL(4, 2)) AS discount,
  CAST(${spread('tax', 9)} / 100.0 AS DOUBLE) AS tax,
  CASE WHEN hash(i, 'no weight') % 50 = 0 THEN NULL
    ELSE ${fault(211, '4000.5', `0.1 + ${spread('weight', 99_000)} / 100.0`)} END AS weight_kg,
  ${fault(500_009, 'NULL', pick('flag', ['R', 'A', 'N']))} AS return_flag,
  ${fault(1_013, "'X'", pick('status', ['O', 'F']))} AS line_status,
  ${fault(50_021, "'DRONE'", pick('mode', ['AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK']))} AS ship_mode,
  ${pick('instruct', ['COLLECT COD', 'DELIVER IN PERSON', 'NONE', 'TAKE BACK RETURN'])} AS ship_instruct,
  DATE '2019-01-01' + CAST(i * 2400 // ${rows} AS INTEGER) + ${spread('shipped', 120)} AS ship_date,
  TIMESTAMP '2019-01-01' + to_seconds(CAST(i * 2400 // ${rows} AS BIGINT) * 86400 + ${spread('updated', 86_400)}) AS updated_at,
  CASE WHEN hash(i, 'no email') % 33 = 0 THEN NULL
    ELSE ${fault(10_007, "'nobody'", `'user' || hash(i, 'user') % 5000000 || '@' || ${pick('host', ['example.com', 'mail.example.org', 'shop.example.net'])}`)} END AS customer_email,
  ${pick('c1', ['carefully', 'quickly', 'slyly', 'furiously'])} || ' ' || ${pick('c2', ['final', 'ironic', 'regular'])}
    || ' deposits ' || hash(i, 'c3') % 100000 AS comment
FROM range(${rows}) AS lines(i)`;
};
