import type { StatementEstimate, StatementOptions } from '@aegis/spec';
import type { Session } from '@aegis/sql/transport';

/**
 * Bytes of the tables that the plan reads, each as often as it is read, as the optimizer knows them from file sizes. No
 * bytes where it knows nothing of a table. What a warehouse costs depends on its time and not on bytes, so there is no
 * money.
 */
export const estimateStatement = async (
  session: Session,
  sql: string,
  options?: StatementOptions,
): Promise<StatementEstimate> => {
  const { rows } = await session.run(`EXPLAIN COST ${sql}`, 1, options);
  return estimateOf(String(rows[0]?.[0]));
};

/** One node of the optimized plan. */
interface PlanNode {
  readonly depth: number;
  readonly bytes: number;
}

const estimateOf = (plan: string): StatementEstimate => {
  const nodes = plan.split('== Physical Plan ==')[0]?.split('\n').flatMap(nodeOf) ?? [];
  const leaves = nodes.filter(({ depth }, index) => (nodes[index + 1]?.depth ?? 0) <= depth);
  const bytes = leaves.reduce((sum, leaf) => sum + leaf.bytes, 0);
  return leaves.length > 0 && bytes < unknownBytes ? { bytes: Math.round(bytes) } : {};
};

/** What the optimizer assumes of tables that it knows nothing about is beyond this. */
const unknownBytes = 2 ** 60;

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `+- Relation … Statistics(sizeInBytes=8.5 KiB, rowCount=3)`; rows that are part of the plan itself are read from nowhere. */
const nodeOf = (line: string): readonly PlanNode[] => {
  const [, indent = '', operator = '', size, unit = ''] =
    /^([\s:|+-]*)([\w-]+).*Statistics\(sizeInBytes=([\d.]+(?:E[+-]?\d+)?) (\w+)/.exec(line) ?? [];
  if (size === undefined) return [];
  const isInPlan = /^(LocalRelation|OneRowRelation|Range)$/.test(operator);
  return [{ depth: indent.length, bytes: isInPlan ? 0 : Number(size) * 1024 ** units.indexOf(unit) }];
};
