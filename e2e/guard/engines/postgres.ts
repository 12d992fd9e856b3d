import { postgres } from '@aegis/warehouse-postgres';
import pg from 'pg';
import { inScope, outOfScope } from './seed.js';
import { errorShown, rowsShown, type Shown, type Worlds } from './world.js';

const most = 600;

/** PostgreSQL: two new databases of one server, whose URLs `newDatabase` gives. */
export const postgresWorlds = async (newDatabase: () => Promise<string>): Promise<Worlds> => {
  const [fullUrl, bareUrl] = [await newDatabase(), await newDatabase()];
  const [full, bare] = [await opened(fullUrl, [...inScope, ...outOfScope]), await opened(bareUrl, inScope)];
  const warehouse = postgres({ url: fullUrl, maxConnections: 1 });
  return {
    contained: (sql) => shown(async () => rowsShown(await warehouse.executeSample(sql, most, { timeoutMs: 5_000 }))),
    uncontained: async (sql) => {
      await full.query('BEGIN');
      const result = await shown(() => read(full, sql));
      const changed = result.kind === 'rows' && (await hasWritten(full));
      await full.query('ROLLBACK');
      return { ...result, changed };
    },
    withoutSecrets: (sql) => shown(() => read(bare, sql)),
    relationsIn: async (sql) => {
      const plan = await one(full, `EXPLAIN (VERBOSE, FORMAT JSON) ${sql}`).catch(() => undefined);
      return plan && [...relationsIn(plan)];
    },
    close: async () => {
      await warehouse.close?.();
      await Promise.all([full.end(), bare.end()]);
    },
  };
};

const opened = async (url: string, statements: readonly string[]): Promise<pg.Client> => {
  const client = new pg.Client(url);
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.query("SET statement_timeout = '5s'");
  return client;
};

const read = async (client: pg.Client, sql: string): Promise<Shown> =>
  rowsShown((await one(client, sql)).slice(0, most));

/** The rows of one statement: the extended protocol takes no more than one. */
const one = async (client: pg.Client, text: string): Promise<readonly unknown[]> => {
  const query: pg.QueryArrayConfig & { readonly queryMode: string } = { text, rowMode: 'array', queryMode: 'extended' };
  return (await client.query(query)).rows;
};

const shown = (run: () => Promise<Shown>): Promise<Shown> => run().catch(errorShown);

/** A transaction gets a number with its first change. */
const hasWritten = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query('SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS written');
  return rows[0]?.written === true;
};

/** The relations and functions that a plan reads. */
function* relationsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* relationsIn(item);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const node = value as Readonly<Record<string, unknown>>;
  const name = node['Relation Name'];
  if (name !== undefined) yield `${node.Schema}.${name}`;
  if (node['Function Name'] !== undefined) yield `${node['Function Name']}()`;
  for (const part of Object.values(node)) yield* relationsIn(part);
}
