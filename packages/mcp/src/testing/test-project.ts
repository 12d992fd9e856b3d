import type { Effects } from '@aegis/project/program';
import { testProject as projectOf } from '@aegis/project/testing';
import * as duckdb from '@aegis/warehouse-duckdb';

/** Loaded as the server loads it: only where it is wanted. */
const lineageAi = await import('@aegis/lineage-ai');

const installed: { readonly [name: string]: unknown } = {
  '@aegis/warehouse-duckdb': duckdb,
  '@aegis/lineage-ai': lineageAi,
};

const rules = `- metadata: { id: ids_unique, severity: high, description: d, owner: o, tags: [keys] }
  scope: { table: ../customers.csv, columns: [id] }
  logic: { type: unique }
- metadata: { id: emails_there, severity: low, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [email] }
  logic: { type: not_null }
- metadata: { id: amounts_there, severity: medium, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [amount] }
  logic: { type: not_null }
`;

/** Three rules on a file: one passes, two fail. */
export const shop: { readonly [path: string]: string } = {
  'rules/shop.yaml': rules,
  'customers.csv': 'id,email,amount\n1,ann@example.com,10\n2,bob@example.com,20\n2,,30\n',
};

/** A project of these files, as the server finds it. */
export const testProject = (
  files: { readonly [path: string]: string } = shop,
  overrides: Partial<Effects> = {},
): Promise<Effects> => projectOf(files, { importFrom: async (specifier) => installed[specifier], ...overrides });

/** So many rules that all fail, with ids that go on like this. */
export const many = (count: number, suffix = ''): { readonly [path: string]: string } => ({
  'customers.csv': shop['customers.csv'] ?? '',
  'rules/many.yaml': Array.from(
    { length: count },
    (_, index) => `- metadata: { id: r${index}_${suffix}, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [email] }
  logic: { type: not_null }
`,
  ).join(''),
});
