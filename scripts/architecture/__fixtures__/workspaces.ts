import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Finding } from '../finding.js';
import { readWorkspace, type Workspace } from '../workspace.js';

type Json = { readonly [key: string]: unknown };

/** A package.json without a fault; `changes` are merged over it. */
export const manifest = (name: string, changes: Json = {}): Json => ({
  name,
  version: '0.1.0',
  description: 'A package.',
  license: 'Apache-2.0',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=22' },
  files: ['dist', 'README.md', 'LICENSE'],
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
  publishConfig: { access: 'public', provenance: true },
  ...changes,
});

const readme = (name: string) => `# ${name}\n\n\`\`\`ts run\nconsole.log(1);\n\`\`\`\n`;

const packageFiles = (folder: string, name: string, changes: Json = {}) => ({
  [`${folder}/package.json`]: manifest(name, changes),
  [`${folder}/README.md`]: readme(name),
  [`${folder}/src/index.ts`]: 'export const one = 1;\n',
  [`${folder}/src/index.test.ts`]: "import { it } from 'vitest';\nit('is there', () => {});\n",
});

const adapterFolder = 'packages/warehouse-adapters/duckdb';

/** Four packages that keep every rule. */
const faultless = {
  'package.json': { name: 'root', license: 'Apache-2.0', engines: { node: '>=22' } },
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - packages/warehouse-adapters/*\n',
  'tsconfig.json': {
    compilerOptions: {
      paths: {
        '@aegis/spec': ['./packages/spec/src/index.ts'],
        '@aegis/sql': ['./packages/sql/src/index.ts'],
        '@aegis/core': ['./packages/core/src/index.ts'],
        '@aegis/warehouse-duckdb': [`./${adapterFolder}/src/index.ts`],
      },
    },
  },
  ...packageFiles('packages/spec', '@aegis/spec'),
  ...packageFiles('packages/sql', '@aegis/sql', { dependencies: { '@aegis/spec': 'workspace:^' } }),
  ...packageFiles('packages/core', '@aegis/core', { dependencies: { '@langchain/langgraph': '1.0.0' } }),
  ...packageFiles(adapterFolder, '@aegis/warehouse-duckdb', { peerDependencies: { '@aegis/spec': 'workspace:^' } }),
  [`${adapterFolder}/src/duckdb-warehouse.ts`]: '',
  [`${adapterFolder}/src/duckdb-options.ts`]: '',
  [`${adapterFolder}/src/duckdb-errors.ts`]: '',
  [`${adapterFolder}/src/duckdb-values.ts`]: '',
  [`${adapterFolder}/src/duckdb.conformance.test.ts`]: '',
};

/** Writes the faultless workspace into a temporary folder for the length of one test, with `changes` over it; `null` leaves a file out. */
export const workspaceWith = (changes: { readonly [path: string]: string | Json | null } = {}): Workspace => {
  const root = mkdtempSync(join(tmpdir(), 'aegis-workspace-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ ...faultless, ...changes })) {
    if (content === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readWorkspace(root);
};

/** Findings as the command prints them. */
export const lines = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ level, place, message }) => `${level} ${place}: ${message}`);
