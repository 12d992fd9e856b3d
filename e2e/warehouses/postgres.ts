import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, onTestFinished } from 'vitest';
import { aegis, type Finished } from '../cli/aegis.js';
import { folderWith } from '../cli/project.js';
import { readReport } from '../cli/reports.js';

/** What stands where a password does; found nowhere afterwards. */
const secret = 'hunter2-very-secret';

export interface Database {
  /** Of a role that may log in and read what it is granted. */
  readonly url: string;
  readonly role: string;
  /** As the owner. */
  run(...statements: readonly string[]): Promise<void>;
  query(sql: string): Promise<readonly { readonly [column: string]: unknown }[]>;
  /** A connection of the owner, closed when the test has finished. */
  connect(): Promise<pg.Client>;
}

/** A database with these tables and a role that may read them. */
export const databaseWith = async (...statements: readonly string[]): Promise<Database> => {
  const owner = await (await fetch(`${inject('testServersUrl')}/postgres`)).text();
  const role = `reader_${randomUUID().replaceAll('-', '')}`;
  const connect = async () => {
    const client = new pg.Client(owner);
    client.on('error', () => {});
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  };
  const client = await connect();
  const run = async (...sqls: readonly string[]) => {
    for (const sql of sqls) await client.query(sql);
  };
  await run(...statements, `CREATE ROLE ${role} LOGIN PASSWORD '${secret}'`);
  await run(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
  onTestFinished(async () => {
    await run(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  });
  const url = Object.assign(new URL(owner), { username: role, password: secret }).href;
  return { url, role, run, query: async (sql) => (await client.query(sql)).rows, connect };
};

/** `1, 2, 3 …` in column `a`. */
export const numbers = (table: string, count = 100): string =>
  `CREATE TABLE ${table} AS SELECT i AS a FROM generate_series(1, ${count}) AS i`;

/** A project whose warehouse `shop` is that database; more options as YAML. */
export const projectOn = (rules: string, options = '', files: { readonly [path: string]: string } = {}) =>
  folderWith({
    'aegis.yaml': `warehouses:\n  shop: { type: postgres, url: '\${env:SHOP_URL}'${options && `, ${options}`} }\n`,
    'rules.yaml': rules,
    ...files,
  });

export const runOn = async (cwd: string, url: string, ...args: readonly string[]) => {
  const finished = await aegis(
    ['run', 'rules.yaml', '--no-llm', '--history', 'history.db', '--output-json', 'report.json', ...args],
    { cwd, env: { SHOP_URL: url } },
  );
  await expectNoSecret(cwd, finished);
  return { ...finished, report: await readReport(cwd) };
};

/** Nothing that was printed or written holds the password. */
const expectNoSecret = async (cwd: string, { stdout, stderr }: Finished): Promise<void> => {
  const files = (await readdir(cwd, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
  for (const text of [stdout, stderr, ...texts]) expect(text).not.toContain(secret);
};
