import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FailingProject {
  readonly directory: string;
  remove(): Promise<void>;
}

const tables = 5;

/** Tables of a thousand orders, and rules that all find something in them. */
export const failingProject = async (
  rules: number,
  model: { readonly baseURL: string; readonly concurrency: number },
): Promise<FailingProject> => {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-bench-models-'));
  const files = {
    'aegis.yaml': configuration(model),
    'rules.yaml': rulesText(rules),
    ...Object.fromEntries(Array.from({ length: tables }, (_, table) => [`orders_${table}.csv`, orders(table)])),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};

const configuration = ({ baseURL, concurrency }: { readonly baseURL: string; readonly concurrency: number }): string =>
  `warehouses: { local: { type: duckdb } }
llm:
  provider: openai
  model: gpt-4o-mini
  baseURL: ${baseURL}
  limits: { concurrency: ${concurrency} }
audit: { path: history.db }
`;

const rulesText = (count: number): string =>
  `rules:\n${Array.from({ length: count }, (_, index) => ruleText(index)).join('')}`;

const ruleText = (index: number): string => `  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata: { id: amount_below_${index}, owner: bench, description: An amount has a bound. }
    scope: { table: orders_${index % tables}.csv }
    logic: { type: between, column: amount, min_value: 0, max_value: ${500 + index} }
`;

const orders = (table: number): string =>
  [
    'id,status,amount',
    ...Array.from({ length: 1_000 }, (_, row) => `${row},${row % 7 ? 'paid' : 'open'},${row + table}`),
  ].join('\n');
