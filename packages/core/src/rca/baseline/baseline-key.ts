import { displayTableName } from '@aegis/rules';
import { measurementKey, type TracedDataset } from '@aegis/spec';

/** Under which figures of sources are kept beside what rules measured: on all tables made from them, all rules held. */
export const baselineRuleId = 'aegis:baseline' as const;

/** The same of tables that are judged as a whole: all rules about all of them held, whatever became of single rows. */
export const profileRuleId = 'aegis:profile' as const;

export type BaselineRuleId = typeof baselineRuleId | typeof profileRuleId;

/** `undefined` where no table can be meant. */
export const baselineKey = (
  project: string,
  warehouse: string,
  { table }: TracedDataset,
  ruleId: BaselineRuleId,
): string | undefined =>
  table === null
    ? undefined
    : measurementKey({
        ...{ project, warehouse, table: displayTableName(table) },
        ...{ ruleId, definitionHash: 'v1' },
      });
