import { stringify } from 'yaml';

/** A file of a new project: path relative to its folder, with `/`. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

export interface TemplateOptions {
  readonly name: string;
  /** Warehouse type. */
  readonly warehouse: string;
}

/** The rules file of a new project, as the next command names it. */
export const exampleRules = 'rules/example.yaml';

/** Lines that the project's .gitignore must hold. */
export const ignoredPaths: readonly string[] = ['.aegis/', '.env', '*.duckdb.wal'];

/** The files of a new project, .gitignore aside. DuckDB comes with data, so that the rules can be run at once. */
export const templateFiles = (options: TemplateOptions): readonly TemplateFile[] =>
  options.warehouse === 'duckdb'
    ? [configFile(options), { path: exampleRules, text: fileRules }, { path: 'data/orders.csv', text: orders }]
    : [configFile(options), { path: exampleRules, text: tableRules }];

const connections: { readonly [type: string]: string } = {
  duckdb: `    # path: warehouse.duckdb   # a database file; data files need none
`,
  postgres: `    host: localhost
    port: 5432
    database: shop
    user: aegis
    password: \${env:PGPASSWORD}
`,
  athena: `    region: eu-central-1
    workGroup: primary
    database: shop
    # outputLocation: s3://bucket/prefix/   # without it, that of the work group
`,
  bigquery: `    projectId: my-project
    dataset: shop
    location: EU
    # keyFilename: key.json   # without it, the default credentials of gcloud or of the machine
`,
  trino: `    server: https://trino.example.com
    catalog: iceberg
    schema: shop
    user: aegis
    password: \${env:TRINO_PASSWORD}
`,
};

const configFile = ({ name, warehouse }: TemplateOptions): TemplateFile => ({
  path: 'aegis.yaml',
  text: `# Settings of this project. Secrets only by reference: \${env:NAME} or \${file:path}.
${stringify({ name })}
warehouses:
  main:
    ${stringify({ type: warehouse }).trimEnd()}
${connections[warehouse] ?? "    # the adapter's options, e.g. where to connect\n"}
default_warehouse: main

# timezone: Europe/Zurich            # of naive timestamps and of "today"; UTC without it
# audit: { path: .aegis/history.db } # ~/.aegis/history.db without it
`,
});

const rulesOn = (table: string): string => `rules:
  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: orders_id_unique
      severity: critical
      owner: data-team
      description: Every order is there once.
      tags: [orders]
    scope: { table: ${table}, columns: [order_id] }
    logic: { type: unique }

  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: orders_customer_present
      severity: high
      owner: data-team
      description: Every order belongs to a customer.
      tags: [orders]
    scope: { table: ${table}, columns: [customer_id] }
    logic: { type: not_null }

  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: orders_amount_non_negative
      severity: high
      owner: revenue-team
      description: An order never costs less than nothing.
      tags: [orders, revenue]
    scope: { table: ${table} }
    logic: { type: sql_expression, expression: "amount >= 0" }

  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: orders_status_known
      severity: medium
      owner: data-team
      description: Reports group orders by these states.
      tags: [orders]
    scope: { table: ${table}, columns: [status] }
    logic: { type: accepted_values, values: [placed, shipped, returned] }
`;

const fileRules = `# A data file is named relative to this file. Change a value in ../data/orders.csv to see a rule fail.
${rulesOn('../data/orders.csv')}`;

const tableRules = `# Put the name of one of your tables and its columns here. \`aegis rules list\` shows every rule type.
${rulesOn('orders')}`;

const orders = `order_id,customer_id,amount,status,ordered_at
1001,17,49.90,shipped,2026-01-05
1002,23,120.00,shipped,2026-01-06
1003,17,15.50,returned,2026-01-06
1004,42,88.25,placed,2026-01-07
1005,8,0.00,placed,2026-01-08
1006,23,230.10,placed,2026-01-08
`;
