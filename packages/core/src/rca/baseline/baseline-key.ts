import { displayTableName } from '@aegis/rules';
import { measurementKey, type TracedDataset } from '@aegis/spec';

/** Under which baselines are kept beside what rules measured. */
export const baselineRuleId = 'aegis:baseline';

/** `undefined` where no table can be meant. */
export const baselineKey = (project: string, warehouse: string, { table }: TracedDataset): string | undefined =>
  table === null
    ? undefined
    : measurementKey({
        ...{ project, warehouse, table: displayTableName(table) },
        ...{ ruleId: baselineRuleId, definitionHash: 'v1' },
      });
