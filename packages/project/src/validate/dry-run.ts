import type { PlannedStatement, PlannedTable } from '@aegis/engine';
import type { Problem } from '@aegis/rules';
import { isAegisError, type Rule, type Warehouse } from '@aegis/spec';

/** Plans some of the rules again, by themselves. */
export type Replan = (rules: readonly Rule[]) => Promise<readonly PlannedTable[]>;

/**
 * Has the engine prepare every planned statement without running it. Where a shared statement is refused, each of its
 * rules is tried alone, so that only the guilty ones are named.
 */
export const dryRun = async (
  tables: readonly PlannedTable[],
  rules: readonly Rule[],
  warehouseOf: (name: string) => Warehouse | undefined,
  replan: Replan,
): Promise<readonly Problem[]> => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const problems: Problem[] = [];
  for (const { task, statements } of tables) {
    for (const statement of statements) {
      const warehouse = warehouseOf(statement.warehouse ?? task.warehouse);
      const involved = statement.ruleIds.flatMap((id) => byId.get(id) ?? []);
      if (!warehouse) continue;
      problems.push(...(await tryStatement(statement, involved, warehouse, replan)));
    }
  }
  return [...new Map(problems.map((problem) => [`${problem.rule}\n${problem.message}`, problem])).values()];
};

const tryStatement = async (
  statement: PlannedStatement,
  involved: readonly Rule[],
  warehouse: Warehouse,
  replan: Replan,
): Promise<readonly Problem[]> => {
  const refusal = hasRun(statement) ? undefined : await refusalOf(statement.sql, warehouse);
  if (refusal === undefined) return [];
  const [only] = involved;
  if (involved.length < 2) return [{ ...refusal, ...(only && { rule: only.id, location: only.location }) }];
  const alone: Problem[] = [];
  for (const rule of involved) {
    const statements = (await replan([rule])).flatMap((table) => table.statements);
    for (const own of statements) alone.push(...(await tryStatement(own, [rule], warehouse, replan)));
  }
  return alone;
};

/** Planning describes tables and reads their statistics. */
const hasRun = ({ purpose }: PlannedStatement): boolean => purpose === 'describe' || purpose === 'statistics';

const refusalOf = async (sql: string, warehouse: Warehouse): Promise<Problem | undefined> => {
  try {
    if (warehouse.estimate && warehouse.capabilities.estimate.support === 'full') await warehouse.estimate(sql);
    else await warehouse.executeSample(`EXPLAIN ${sql}`, 1);
    return undefined;
  } catch (error) {
    if (!isAegisError(error)) throw error;
    return { code: error.code, message: error.message, hint: error.hint };
  }
};
