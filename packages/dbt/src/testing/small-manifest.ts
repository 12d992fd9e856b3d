/** What a test gives of a node; the rest is as dbt writes it for a plain project. */
export interface NodeParts {
  readonly [field: string]: unknown;
}

/** A model of the project `shop`, in the schema `main`. */
export const model = (name: string, parts: NodeParts = {}) => ({
  unique_id: `model.shop.${name}`,
  resource_type: 'model',
  name,
  package_name: 'shop',
  database: 'shop',
  schema: 'main',
  alias: name,
  relation_name: `"shop"."main"."${name}"`,
  config: { materialized: 'table', enabled: true },
  ...parts,
});

export const source = (name: string, parts: NodeParts = {}) => ({
  unique_id: `source.shop.raw.${name}`,
  resource_type: 'source',
  source_name: 'raw',
  name,
  package_name: 'shop',
  database: 'shop',
  schema: 'raw',
  identifier: name,
  relation_name: `"shop"."raw"."${name}"`,
  ...parts,
});

export interface TestParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly column?: string;
  readonly kwargs?: { readonly [name: string]: unknown };
  readonly config?: { readonly [name: string]: unknown };
  readonly reads?: readonly string[];
  readonly more?: NodeParts;
}

/** A generic test on the model `orders`, unless its `model` says otherwise. */
export const test = (kind: string, { name, namespace, column, kwargs, config, reads, more }: TestParts = {}) => {
  const id = name ?? `${kind}_orders${column === undefined ? '' : `_${column}`}`;
  return {
    unique_id: `test.shop.${id}.0123456789`,
    resource_type: 'test',
    name: id,
    package_name: 'shop',
    column_name: column ?? null,
    depends_on: { nodes: reads ?? ['model.shop.orders'], macros: [] },
    config: {
      enabled: true,
      severity: 'ERROR',
      warn_if: '!= 0',
      error_if: '!= 0',
      fail_calc: 'count(*)',
      limit: null,
      ...config,
    },
    test_metadata: {
      name: kind,
      namespace: namespace ?? null,
      kwargs: { model: "{{ get_where_subquery(ref('orders')) }}", column_name: column, ...kwargs },
    },
    ...more,
  };
};

type Node = { readonly unique_id: string };

/** The text of a manifest of these nodes; sources are told by their ids. */
export const manifestText = (nodes: readonly Node[], more: NodeParts = {}): string => {
  const entries = nodes.map((node) => [node.unique_id, node] as const);
  const isSource = ([id]: readonly [string, unknown]): boolean => id.startsWith('source.');
  return JSON.stringify({
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.10.0',
      project_name: 'shop',
    },
    nodes: Object.fromEntries(entries.filter((entry) => !isSource(entry))),
    sources: Object.fromEntries(entries.filter(isSource)),
    disabled: {},
    ...more,
  });
};
