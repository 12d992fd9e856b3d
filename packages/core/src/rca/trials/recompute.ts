import type { TracedDataset } from '@aegis/spec';
import { nodeFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { identifierName, isKind, newNode, placedNodes, replacedAt } from './edit-tree.js';

/** Queries that together make a dataset: one for each statement that wrote it. */
type Queries = ReadonlyMap<string, readonly SqlNode[]>;

export interface Recomputed {
  readonly name: string;
  readonly expressions: string;
  /** The queries inside, each alone, for the guard. */
  readonly parts: readonly { readonly sql: string }[];
}

/**
 * Common table expressions that make the last dataset anew from the first on, each reading the new ones where it read them
 * before. Datasets come in the order in which they are made.
 */
export const recomputed = (
  datasets: readonly TracedDataset[],
  queries: Queries,
  render: (query: SqlNode) => string,
): Recomputed | undefined => {
  const names = new Map(datasets.map(({ id }, index) => [id, `aegis_step_${index}`]));
  const parts = datasets.map(({ id }) => {
    const texts = (queries.get(id) ?? []).map((query) => render(redirected(query, datasets, names)));
    return texts.length === 0 ? undefined : { texts, sql: `${names.get(id)} AS (${united(texts)})` };
  });
  const last = datasets.at(-1);
  if (!last || parts.includes(undefined)) return undefined;
  const made = parts.flatMap((part) => part ?? []);
  return {
    name: names.get(last.id) ?? '',
    expressions: made.map(({ sql }) => sql).join(', '),
    parts: made.flatMap(({ texts }) => texts.map((sql) => ({ sql }))),
  };
};

const united = (texts: readonly string[]): string =>
  texts.length === 1 ? texts.join('') : texts.map((text) => `SELECT * FROM (${text}) AS part`).join(' UNION ALL ');

const redirected = (
  query: SqlNode,
  datasets: readonly TracedDataset[],
  names: ReadonlyMap<string, string>,
): SqlNode => {
  const own = commonNames(query);
  let changed: SqlValue = query;
  for (const { node, path } of placedNodes(query)) {
    const dataset = isKind(node, 'table') ? datasets.find((each) => means(node, each, own)) : undefined;
    const name = dataset && names.get(dataset.id);
    if (name !== undefined) changed = replacedAt(changed, path, renamed(node, name));
  }
  return changed as SqlNode;
};

/** Names that the query gives to queries of its own. */
const commonNames = (query: SqlNode): ReadonlySet<string> =>
  new Set(
    [...placedNodes(query)].flatMap(({ node }) => {
      const clause = nodeFields(node).with;
      const ctes = typeof clause === 'object' && clause !== null && 'ctes' in clause ? clause.ctes : [];
      return (Array.isArray(ctes) ? ctes : []).map((cte: SqlValue) =>
        identifierName(typeof cte === 'object' && cte !== null && 'alias' in cte ? cte.alias : '').toLowerCase(),
      );
    }),
  );

/** Whether a reference names the dataset: its written parts are the end of the dataset's name. */
const means = (reference: SqlNode, { table }: TracedDataset, own: ReadonlySet<string>): boolean => {
  if (table?.kind !== 'named') return false;
  const { name, schema, catalog } = nodeFields(reference);
  const parts = [catalog, schema, name].map(identifierName).filter((part) => part !== '');
  if (parts.length === 1 && own.has(parts[0]?.toLowerCase() ?? '')) return false;
  const length = Math.min(parts.length, table.parts.length);
  const end = (all: readonly string[]) => all.slice(-length).join('\0').toLowerCase();
  return end(parts) === end(table.parts);
};

/** The reference under another name; what had no alias keeps the old one, so that qualified columns stay right. */
const renamed = (reference: SqlNode, name: string): SqlNode => {
  const fields = nodeFields(reference);
  const alias = identifierName(fields.alias) === '' ? { alias: fields.name, alias_explicit_as: true } : {};
  return newNode('table', { ...fields, ...alias, name: { name, quoted: false }, schema: null, catalog: null });
};
