import type { StatementEstimate, StatementOptions } from '@aegis/spec';
import type { Session } from '@aegis/sql/transport';

/** A node of a plan, as EXPLAIN writes it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Bytes of the relations that the plan reads, each as often as it is scanned: the whole of it, which is more than an
 * index needs. No bytes where a part lies elsewhere. The planner's costs are no money, so there is none.
 */
export const estimateStatement = async (
  session: Session,
  sql: string,
  options?: StatementOptions,
): Promise<StatementEstimate> => {
  const { rows } = await session.run(`EXPLAIN (VERBOSE, FORMAT JSON) ${sql}`, 1, options);
  const [{ Plan: plan }] = JSON.parse(String(rows[0]?.[0])) as [{ readonly Plan: PlanNode }];
  const nodes = allNodes(plan);
  if (nodes.some(readsElsewhere)) return {};
  const relations = nodes.flatMap(relationOf);
  if (relations.length === 0) return { bytes: 0 };
  const sizes = await session.run(sizesSql(relations), 1, options);
  return { bytes: Number(sizes.rows[0]?.[0] ?? 0) };
};

const allNodes = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(allNodes)];

const readsElsewhere = (node: PlanNode): boolean => node['Node Type'] === 'Foreign Scan';

const relationOf = ({ Schema: schema, 'Relation Name': name }: PlanNode): readonly string[] =>
  schema === undefined || name === undefined ? [] : [`${quoted(schema)}.${quoted(name)}`];

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `to_regclass` of a relation that is gone by now is NULL, and adds nothing. */
const sizesSql = (relations: readonly string[]): string =>
  `SELECT sum(pg_table_size(to_regclass(name))) FROM unnest(ARRAY[${relations.map(literal).join(', ')}]) AS name`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
