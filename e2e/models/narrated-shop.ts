import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { folderWith, seedDatabase } from '../cli/project.js';
import type { Answers } from './vendor.js';

/** The adapter of OpenAI as projects install it. */
export const openAiAdapter = fileURLToPath(new URL('../../packages/llm-adapters/openai', import.meta.url));

/** Three tables of 100 rows, each with what four rules find: NULL, a bad code, an amount below 0, an id that is there twice. */
const tableNames = ['orders', 'returns', 'refunds'] as const;

const seeds = tableNames.map(
  (name) => `CREATE TABLE ${name} AS SELECT range % 99 AS id, 'c' || range || '@example.com' AS email,
    CASE WHEN range % 10 > 0 THEN 'open' END AS status, CASE WHEN range = 7 THEN ' A1' ELSE 'A1' END AS code,
    (range - 5) * 1.5 AS amount, 'Customer Number' || range AS customer_name FROM range(100)`,
);

const rulesOf = (table: string): readonly (readonly [string, string])[] => [
  [`${table}_status`, '{ type: not_null, column: status }'],
  [`${table}_code`, '{ type: regex_match, column: code, pattern: "^[A-Z]\\\\d$" }'],
  [`${table}_amount`, '{ type: between, column: amount, min_value: 0, max_value: 1000 }'],
  [`${table}_id`, '{ type: unique, column: id }'],
];

/** Twelve rules that fail, four on each table. */
export const failingRules = tableNames.flatMap((table) => rulesOf(table).map(([id, logic]) => ({ id, table, logic })));

const rulesFile = failingRules
  .map(
    ({ id, table, logic }) => `- metadata: { id: ${id}, description: d, owner: o, severity: medium }
  scope: { table: ${table} }
  logic: ${logic}
  diagnosis: { lineage_hints: { upstream_tables: [raw_${table}] } }
`,
  )
  .join('');

/** The project of a shop whose model is served at `baseURL`; `llm` is more of that section of aegis.yaml. */
export const narratedShop = async (baseURL: string, llm = '', ...more: readonly string[]): Promise<string> => {
  const cwd = await folderWith({
    'rules.yaml': rulesFile,
    'aegis.yaml': `audit: { path: history.db }\nllm:\n  provider: openai\n  baseURL: ${baseURL}\n${llm}`,
  });
  await mkdir(join(cwd, 'node_modules/@aegis'), { recursive: true });
  await symlink(openAiAdapter, join(cwd, 'node_modules/@aegis/llm-openai'));
  await seedDatabase(join(cwd, 'shop.duckdb'), ...seeds, ...more);
  return cwd;
};

export const runArgs = ['run', 'rules.yaml', '--db', 'shop.duckdb'] as const;

const claim = { text: 'Ten of a hundred rows came with one load.', facts: ['f1', 's1', 'x9'] };

/** What a careful model might say at each of the four steps. */
export const carefulAnswers: Answers = {
  severity: { severity: 'low', reason: 'Seldom read.' },
  likely_cause: { explanation: [claim], likely_cause: [claim], recommended_action: [] },
  proposed_sql: {
    proposed_sql:
      "UPDATE orders\nSET status = 'open' -- as the others\nWHERE status IS NULL\n  AND email <> '<email:1>'",
    ...{ confidence: 'medium', caveat: 'Look at the load first.' },
  },
  explanation: { explanation: [claim] },
};

export interface Decision {
  readonly node: string;
  readonly rule_id: string;
  readonly prompt: string;
  readonly response: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number | null;
}

/** Every model call that the history holds. */
export const decisionsIn = (cwd: string): readonly Decision[] => {
  const database = new Database(join(cwd, 'history.db'), { readonly: true });
  try {
    return database.prepare('SELECT * FROM decisions ORDER BY id').all() as Decision[];
  } finally {
    database.close();
  }
};
