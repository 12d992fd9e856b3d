import type { TracedColumnEdge, TracedDataset } from '@aegis/spec';
import { isNode, loadParser, nodeFields, type SqlParser, type SqlValue } from '@aegis/sql/parse';
import type { Case, Symptom } from './finding.js';
import type { JoinKeys } from './join-keys.js';
import { renameIdentifiers } from './rename-identifiers.js';
import { sitesOf } from './sites.js';
import { sameName } from './trace-index.js';
import { columnName, columnsIn, isKind, placedNodes, replacedAt } from './trials/edit-tree.js';

/**
 * Which rows of a joined table a rule about the result can be about, as a condition on that table: those that the step keeps by it
 * alone, and of them what the rule is asked of. `undefined` for all of them, and where that cannot be said of this table.
 */
export const rowsIn = async (symptom: Symptom, join: JoinKeys, context: Case): Promise<string | undefined> => {
  const [asked, kept] = await Promise.all([scopeIn(symptom, join.left, context), keptBy(symptom, join, context)]);
  const conditions = [...(asked === undefined ? [] : [asked]), ...kept];
  return conditions.length === 0 ? undefined : conditions.map((condition) => `(${condition})`).join(' AND ');
};

const scopeIn = async (
  { dataset, rule }: Symptom,
  joined: TracedDataset,
  { index, lab }: Case,
): Promise<string | undefined> => {
  const { where } = rule.scope;
  if (where === undefined) return undefined;
  const columns = (await lab.sqlColumns(rule))(where);
  const site = sitesOf(index, dataset, columns).find((each) => each.dataset.id === joined.id && !each.isByName);
  const called = (name: string) => site?.columns[columns.findIndex((column) => sameName(column, name))];
  return site && renameIdentifiers(where, called, lab.dialectOf(joined));
};

/** The step's filters that read columns of the table and nothing else, in its own words. */
const keptBy = async (
  { dataset }: Symptom,
  { left, operation }: JoinKeys,
  { index, lab }: Case,
): Promise<readonly string[]> => {
  const { parserName } = lab.dialectOf(left);
  const filters = index
    .rowEdgesOf(dataset.id)
    .filter((edge) => edge.subtype === 'FILTER' && edge.operation === operation.id && edge.expression !== null);
  if (filters.length === 0 || operation.parserName !== parserName) return [];
  const parser = await loadParser();
  return [...Map.groupBy(filters, ({ expression }) => expression ?? '')]
    .filter(([, edges]) => edges.every(({ from }) => from.dataset === left.id))
    .flatMap(([condition, edges]) => unqualified(condition, edges, parser, parserName) ?? []);
};

/** `undefined` for what reads other columns too, or has a query in it. */
const unqualified = (
  condition: string,
  edges: readonly TracedColumnEdge[],
  parser: SqlParser,
  grammar: string,
): string | undefined => {
  const [query] = parser.parse(`SELECT 1 WHERE ${condition}`, grammar);
  const where = isNode(query) ? nodeFields(query).where_clause : undefined;
  const parsed = typeof where === 'object' && where !== null && 'this' in where ? where.this : undefined;
  if (!isNode(parsed) || [...placedNodes(parsed)].some(({ node }) => isKind(node, 'select', 'subquery')))
    return undefined;
  const isKnown = (name: string) => edges.some(({ from }) => sameName(from.column, name));
  if (!columnsIn(parsed).every((column) => isKnown(columnName(column)))) return undefined;
  const places = [...placedNodes(parsed)].filter(({ node }) => isKind(node, 'column'));
  const plain = places.reduce<SqlValue>(
    (tree, { path }) => replacedAt(tree, [...path, 'column', 'table'], null),
    parsed,
  );
  return isNode(plain) ? parser.render(plain, grammar) : undefined;
};
