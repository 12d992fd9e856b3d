import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { type DataSet, tablePath } from '../generate.js';

const tables = ['lines', 'orders', 'parts'];

/** Copies the tables into a database of a server on this machine, through files that it reads. */
export const load = async (dataSet: DataSet, url: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-bench-copy-'));
  await chmod(folder, 0o755);
  const client = new pg.Client(url);
  await client.connect();
  const instance = await DuckDBInstance.create();
  const duckdb = await instance.connect();
  try {
    for (const table of tables) {
      const file = join(folder, `${table}.csv`);
      await client.query(`CREATE TABLE ${table} (${await columnsOf(dataSet, table, duckdb)})`);
      await duckdb.run(`COPY (FROM '${tablePath(dataSet, table)}') TO '${file}' (HEADER false)`);
      await chmod(file, 0o644);
      await client.query(`COPY ${table} FROM '${file}' (FORMAT csv)`);
    }
    await client.query('VACUUM (ANALYZE, FREEZE)');
  } finally {
    duckdb.closeSync();
    instance.closeSync();
    await client.end();
    await rm(folder, { recursive: true });
  }
};

/** Types have the same names in both, these aside. */
const typeNames: { readonly [duckdb: string]: string } = {
  DOUBLE: 'double precision',
  VARCHAR: 'text',
  UBIGINT: 'bigint',
  UINTEGER: 'bigint',
};

const columnsOf = async (dataSet: DataSet, table: string, duckdb: DuckDBConnection): Promise<string> => {
  const described = await duckdb.runAndReadAll(`DESCRIBE FROM '${tablePath(dataSet, table)}'`);
  return described
    .getRows()
    .map(([name, type]) => `${name} ${typeNames[String(type)] ?? type}`)
    .join(', ');
};

/** Processor seconds that the server has used so far: those of its processes, and of those that have ended. */
export type ServerClock = () => number;

/** Reads Linux's account of processes. */
export const serverClock = async (url: string): Promise<ServerClock> => {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const server = statOf(Number(rows[0]?.pid))?.parent ?? 0;
  await client.end();
  return () => {
    const own = statOf(server);
    if (!own) throw new Error('the server is not on this machine');
    const children = processes().flatMap((pid) => statOf(pid) ?? []);
    const alive = children.filter(({ parent }) => parent === server).reduce((sum, { ticks }) => sum + ticks, 0);
    return (own.ticks + own.ticksOfEnded + alive) / ticksPerSecond;
  };
};

/** What Linux counts in on every machine that Node runs on. */
const ticksPerSecond = 100;

const processes = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

interface ProcessStat {
  readonly parent: number;
  readonly ticks: number;
  readonly ticksOfEnded: number;
}

/** `undefined` for a process that has ended. The name in parentheses may hold anything. */
const statOf = (pid: number): ProcessStat | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? [];
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return { parent: fields[1] ?? 0, ticks: user + system, ticksOfEnded: endedUser + endedSystem };
  } catch {
    return undefined;
  }
};
