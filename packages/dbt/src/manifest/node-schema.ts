import { z } from 'zod';

/** Readers that never refuse: what does not fit is as if it were not there. A manifest is read by its structure, whatever its version. */
const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const record = z.record(z.string(), z.unknown()).catch({});
const items = z.array(z.unknown()).catch([]);

/** A single word counts as a list of one, as it does for dbt. */
const texts = z
  .union([
    z.string().transform((word) => [word]),
    items.transform((all) => all.filter((item) => typeof item === 'string')),
  ])
  .catch([]);

const scalarText = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

const config = z
  .object({
    enabled: flag,
    severity: text,
    where: text,
    warn_if: text,
    error_if: text,
    fail_calc: text,
    limit: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
      .optional()
      .catch(undefined),
    store_failures: flag,
    materialized: text,
    tags: texts,
    meta: record,
    group: text,
    contract: z.object({ enforced: flag }).optional().catch(undefined),
    loaded_at_field: text,
    loaded_at_query: text,
    freshness: z.unknown().optional(),
    owner: z.unknown().optional(),
  })
  .catch({ tags: [], meta: {}, freshness: undefined, owner: undefined });

const constraint = z.object({
  type: text,
  name: text,
  expression: text,
  columns: texts,
  to: text,
  to_columns: texts,
});

const constraints = items.transform((all) => all.map((item) => constraint.safeParse(item).data));

const column = z
  .object({
    name: text,
    data_type: text,
    meta: record,
    config: z.object({ meta: record }).catch({ meta: {} }),
    constraints,
  })
  .catch({ name: undefined, data_type: undefined, meta: {}, config: { meta: {} }, constraints: [] });

const testMetadata = z.object({ name: z.string(), namespace: text, kwargs: record });

/** What of a node of a manifest matters here: models, seeds, snapshots, sources and tests alike. */
export const nodeSchema = z.object({
  unique_id: text,
  resource_type: text,
  name: text,
  package_name: text,
  database: text,
  schema: text,
  alias: text,
  identifier: text,
  relation_name: text,
  source_name: text,
  version: scalarText,
  latest_version: scalarText,
  description: text,
  tags: texts,
  meta: record,
  owner: z.unknown().optional(),
  group: text,
  columns: z.record(z.string(), column).catch({}),
  constraints,
  contract: z.object({ enforced: flag }).optional().catch(undefined),
  depends_on: z.object({ nodes: texts, macros: texts }).catch({ nodes: [], macros: [] }),
  config,
  compiled_code: text,
  compiled_sql: text,
  compiled_path: text,
  column_name: text,
  attached_node: text,
  test_metadata: testMetadata.optional().catch(undefined),
  loaded_at_field: text,
  loaded_at_query: text,
  freshness: z.unknown().optional(),
});

const period = z.object({ count: number, period: text }).optional().catch(undefined);

/** When a source counts as late. */
export const freshnessSchema = z
  .object({ warn_after: period, error_after: period, filter: text })
  .catch({ warn_after: undefined, error_after: undefined, filter: undefined });

/** The parts of a manifest that are looked at. */
export const manifestSchema = z.object({
  metadata: z
    .object({ dbt_schema_version: text, dbt_version: text, adapter_type: text, project_name: text })
    .catch({ dbt_schema_version: undefined, dbt_version: undefined, adapter_type: undefined, project_name: undefined }),
  nodes: z.record(z.string(), z.unknown()),
  sources: record,
  unit_tests: record,
  groups: record,
  disabled: z.union([z.array(z.unknown()), record]).catch({}),
});

export type ManifestNode = z.output<typeof nodeSchema> & {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly name: string;
};
export type Constraint = z.output<typeof constraint>;
