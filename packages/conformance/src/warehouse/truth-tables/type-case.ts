import { compileRules, type RuleType, ruleTypes, type TypeCase } from '@aegis/rules';
import type { JsonObject, Rule } from '@aegis/spec';
import type { Stage } from '../stage.js';
import type { SeedTables } from '../warehouse-kit.js';

/** One row of a rule type's truth table, with names that are its own on the stage. */
export interface StagedCase {
  readonly type: RuleType;
  readonly case: TypeCase;
  /** Prefix of its tables. */
  readonly prefix: string;
}

/** Every case of every built-in rule type. */
export const stagedCases: readonly StagedCase[] = ruleTypes.flatMap((type) =>
  type.cases.map((each, index) => ({ type, case: each, prefix: `${type.name}_${index}_` })),
);

/** The tables of all cases, each case's apart from the others'. */
export const caseTables: SeedTables = Object.fromEntries(
  stagedCases.flatMap(({ prefix, case: { tables } }) =>
    Object.entries(tables).map(([name, table]) => [prefix + name, table]),
  ),
);

const ownTable = 't';

/** The rule of a case, on the tables as they are called on the stage. */
export const ruleOf = ({ type, case: { logic, scope }, prefix }: StagedCase, stage: Stage): Rule => {
  const document = {
    metadata: { id: `${prefix}rule` },
    scope: { table: stage.nameOf(prefix + ownTable), ...scope },
    logic: { type: type.name, ...onStage(logic, prefix, stage) },
  };
  const [rule] = compileRules([document]).rules;
  if (!rule) throw new Error(`${prefix}rule was not compiled`);
  return rule;
};

/** Parameters that name another table end in `_table`. */
const onStage = (logic: JsonObject, prefix: string, stage: Stage): JsonObject =>
  Object.fromEntries(
    Object.entries(logic).map(([param, value]) =>
      param.endsWith('_table') ? [param, stage.nameOf(prefix + String(value))] : [param, value],
    ),
  );
