import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';

/** A folder of the test's own with these files; removed when the test has finished. */
export const folderWith = async (files: { readonly [path: string]: string | Uint8Array } = {}): Promise<string> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'aegis-e2e-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
};

/** Runs statements on a database file, made when it does not exist, and closes it again. */
export const seedDatabase = async (path: string, ...statements: readonly string[]): Promise<void> => {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

/** Rules by id: the inside of `scope` and of `logic`, as YAML. */
export interface WrittenRules {
  readonly [id: string]: {
    readonly scope: string;
    readonly logic: string;
    /** More of `metadata`. */
    readonly metadata?: string;
  };
}

/** The text of a rules file. */
export const rulesFile = (rules: WrittenRules): string =>
  `rules:\n${Object.entries(rules)
    .map(
      ([id, { scope, logic, metadata = '' }]) =>
        `  - metadata: { id: ${id}, description: d, owner: o${metadata && `, ${metadata}`} }\n` +
        `    scope: { ${scope} }\n    logic: { ${logic} }\n`,
    )
    .join('')}`;

/** 100 orders: ten without a status, every id once, amounts from -7.5 upwards. */
const orders = `CREATE TABLE orders AS SELECT range AS id, CASE WHEN range % 10 > 0 THEN 'open' END AS status,
  (range - 5) * 1.5 AS amount FROM range(100)`;

/** Rules on the orders: one that passes and one that fails. */
export const shopRules: WrittenRules = {
  ids_unique: {
    scope: 'table: orders',
    logic: 'type: unique, column: id',
    metadata: 'severity: critical, tags: [keys]',
  },
  status_there: { scope: 'table: orders', logic: 'type: not_null, column: status', metadata: 'severity: low' },
};

/** A folder with `shop.duckdb` and `rules.yaml`. */
export const shop = async (
  rules: WrittenRules = shopRules,
  files: { readonly [path: string]: string | Uint8Array } = {},
): Promise<string> => {
  const folder = await folderWith({ 'rules.yaml': rulesFile(rules), ...files });
  await seedDatabase(join(folder, 'shop.duckdb'), orders);
  return folder;
};

/** The usual arguments of a run in such a folder. */
export const runArgs = ['run', 'rules.yaml', '--db', 'shop.duckdb', '--no-llm'] as const;
