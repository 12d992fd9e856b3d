/** What one package may know of the others. Names are specifiers without `@aegis/`, so a subpath is its own permission. */
export interface Arrow {
  /** What the sources import. */
  readonly uses: readonly string[];
  /** Imported only with `import()`, where a user asked for it; the package need not be installed. */
  readonly lazily?: readonly string[];
  /** What tests may import besides. */
  readonly inTests?: readonly string[];
  /** Declared as optional peers for people who install them; never named in an import. */
  readonly finds?: readonly string[];
  /** Declared for development only: the build takes their sources in. */
  readonly bundles?: readonly string[];
  /** Nothing at all is installed with it. */
  readonly standalone?: boolean;
}

const adapters = ['warehouse-*', 'llm-*'];
const everything = ['*'];

/**
 * Which way packages depend on each other. A new arrow is a decision: say why in docs/decisions/.
 * sql, rules and engine bind SQL on `@duckdb/node-api` directly and never see an adapter, not even in tests.
 */
export const arrows: { readonly [shortName: string]: Arrow } = {
  spec: { uses: [], standalone: true },
  sql: { uses: ['spec'] },
  rules: { uses: ['spec', 'sql'] },
  engine: {
    // Rows that it puts together itself need names as safe as those of adapters.
    uses: ['spec', 'sql', 'sql/parse', 'sql/guard', 'sql/transport', 'rules'],
    inTests: ['spec/fakes', 'rules/node'],
  },
  llm: { uses: ['spec'], inTests: ['spec/fakes'] },
  report: { uses: ['spec'] },
  audit: { uses: ['spec'] },
  lineage: { uses: ['spec', 'sql/parse'], inTests: ['spec/fakes', 'sql'] },
  'lineage-ai': {
    uses: ['spec', 'sql', 'sql/guard', 'lineage', 'lineage/node', 'llm', 'llm/redaction'],
    inTests: ['spec/fakes', 'warehouse-duckdb'],
  },
  dbt: { uses: ['spec', 'rules', 'rules/conversion', 'lineage'], inTests: ['rules/node'] },
  contracts: { uses: ['spec', 'sql', 'rules', 'rules/conversion'], inTests: ['rules/node'] },
  core: {
    uses: ['spec', 'sql', 'sql/guard', 'sql/parse', 'rules', 'engine', 'report'],
    lazily: ['lineage-ai'],
    inTests: ['spec/fakes', 'rules/node'],
  },
  project: {
    uses: [
      ...[
        'spec',
        'sql',
        'sql/guard',
        'rules',
        'rules/node',
        'engine',
        'core',
        'audit',
        'llm',
        'llm/redaction',
        'lineage',
        'lineage/node',
      ],
      ...['report', 'report/terminal'],
    ],
    inTests: ['spec/fakes', 'lineage-ai', ...adapters],
    finds: adapters,
  },
  mcp: {
    uses: ['spec', 'rules', 'report', 'project', 'project/program'],
    lazily: ['lineage-ai'],
    inTests: ['spec/fakes', 'project/testing', ...adapters],
  },
  cli: {
    uses: ['spec', 'rules', 'rules/conversion', 'report', 'report/terminal', 'project', 'project/program'],
    bundles: ['sql', 'engine', 'core', 'audit', 'llm'],
    lazily: ['contracts', 'dbt', 'mcp', 'lineage', 'lineage-ai'],
    inTests: ['spec/fakes', 'project/testing', ...adapters],
    finds: adapters,
  },
  conformance: { uses: ['spec', 'sql', 'sql/guard', 'rules', 'engine', 'llm'], inTests: ['spec/fakes'] },
  'warehouse-emulators': { uses: [] },
  'warehouse-*': {
    uses: ['spec', 'sql', 'sql/transport'],
    inTests: ['spec/fakes', 'conformance/warehouse', 'warehouse-emulators/*'],
  },
  'llm-*': { uses: ['spec', 'llm/transport'], inTests: ['spec/fakes', 'conformance/model'] },
  studio: { uses: ['spec', 'report', 'audit'] },
  docs: { uses: [] },
  e2e: { uses: everything },
  bench: { uses: everything },
  'example-*': { uses: everything },
};

/** Who may import LangGraph: the wiring. Everything else is plain functions of state and ports. */
export const langchain = {
  packages: /^@langchain\//,
  allowed:
    /^packages\/core\/src\/(graph|state|checkpoint[a-z-]*)\.ts$|^packages\/core\/src\/checkpoint\/|^packages\/lineage-ai\/src\/debug\/(graph|state)\.ts$/,
};

/** Packages whose root entry runs in a browser. */
export const browserSafe: readonly string[] = ['spec', 'sql', 'rules', 'report', 'lineage'];

/** What importing a root entry of another package must not load; `import()` inside a function is fine. */
export const keptOutOfRoots: readonly string[] = ['@polyglot-sql/sdk', 'packages/lineage-ai'];

const matches = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

export const isListed = (patterns: readonly string[] | undefined, name: string): boolean =>
  (patterns ?? []).some((pattern) => matches(pattern, name));

/** The arrow of a package, by its exact name before a pattern. */
export const arrowOf = (shortName: string, table: typeof arrows = arrows): Arrow | undefined =>
  table[shortName] ?? Object.entries(table).find(([pattern]) => matches(pattern, shortName))?.[1];
