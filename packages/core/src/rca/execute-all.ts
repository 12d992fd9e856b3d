import { type ExecuteOptions, executeReconcile, executeTable, type TableTask, type TaskOutcome } from '@aegis/engine';
import type { Rule, Warehouse } from '@aegis/spec';

/** Where the rules of a task are asked. */
interface Sides {
  readonly own: Warehouse;
  /** The warehouse that a rule names. */
  readonly sourceOf: (rule: Rule) => Warehouse;
}

/** Rules of one table, those that compare it with another one each by itself. */
export const executeAll = async (
  task: TableTask,
  { own, sourceOf }: Sides,
  options: ExecuteOptions,
): Promise<readonly TaskOutcome[]> => {
  const isComparing = ({ type, params }: Rule) => options.types.get(type).requires(params).tables?.source !== undefined;
  const outcomes: TaskOutcome[] = [];
  const rules = task.rules.filter((rule) => !isComparing(rule));
  if (rules.length > 0) outcomes.push(await executeTable({ ...task, rules }, own, options));
  for (const rule of task.rules.filter(isComparing)) {
    const { sourceWarehouse: name = task.warehouse } = rule.scope;
    const source = name === task.warehouse ? own : sourceOf({ ...rule, scope: { ...rule.scope, warehouse: name } });
    const names = { target: task.warehouse, source: name };
    outcomes.push(await executeReconcile(rule, { target: own, source }, names, options));
  }
  return outcomes;
};
