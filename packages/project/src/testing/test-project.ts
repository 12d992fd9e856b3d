import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as duckdb from '@aegis/warehouse-duckdb';
import type { Effects } from '../effects.js';
import { SecretRegistry } from '../secrets/secret-registry.js';

const installed: { readonly [name: string]: unknown } = { '@aegis/warehouse-duckdb': duckdb };

/** Effects over a new folder, or `cwd`, with these files; DuckDB is the one installed adapter, and the clock stands still. */
export const testProject = async (
  files: { readonly [path: string]: string } = {},
  overrides: Partial<Effects> = {},
): Promise<Effects> => {
  const cwd = overrides.cwd ?? (await realpath(await mkdtemp(join(tmpdir(), 'aegis-project-'))));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return {
    cwd,
    env: { HOME: cwd },
    now: () => new Date('2026-01-15T12:00:00Z'),
    secrets: new SecretRegistry(),
    importFrom: async (specifier) => installed[specifier],
    ...overrides,
  };
};

/** A rules file of one rule per entry, on a file beside it. */
export const rulesFile = (rules: {
  readonly [id: string]: { readonly table: string; readonly logic: string; readonly scope?: string };
}): string =>
  Object.entries(rules)
    .map(
      ([id, { table, logic, scope = '' }]) => `- metadata: { id: ${id}, description: d, owner: o, tags: [tagged] }
  scope: { table: ${table}${scope} }
  logic: { ${logic} }
`,
    )
    .join('');

export const customers = `id,email,amount
1,ann@example.com,10
2,bob@example.com,20
2,,30
`;
