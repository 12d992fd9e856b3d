import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { type BaselineRuleId, baselineRuleId } from './baseline-key.js';
import { withExactCounts } from './exact-counts.js';
import { profileQuery } from './profile-query.js';
import { type TableChanges, tableChanges } from './table-changes.js';
import { type ColumnsChange, columnsChange } from './typed-columns.js';

/** A table that is not as it was in the last good run. */
export interface ChangedTable extends TableChanges {
  readonly dataset: TracedDataset;
  /** When the baseline was measured. */
  readonly since: string;
  /** How sure it is that such changes do not come with every run. */
  readonly isProven: boolean;
  readonly columns: ColumnsChange | undefined;
  readonly sql: string;
}

/** How a table differs from its baseline; `undefined` where it has none, or cannot be read. */
export const surveyChanges = async (
  dataset: TracedDataset,
  lab: Lab,
  ruleId: BaselineRuleId = baselineRuleId,
): Promise<ChangedTable | undefined> => {
  try {
    const baseline = await lab.baselineOf(dataset, ruleId);
    if (!baseline) return undefined;
    const { now, mayKeep } = lab;
    const [description, dialect] = [await lab.describe(dataset), lab.dialectOf(dataset)];
    const query = profileQuery({ description, dialect, now, mayKeep, before: baseline.profile });
    if (!query) return undefined;
    const split = query.read(await lab.rows(dataset, query.sql, query.limit));
    const isProven = baseline.recent.length > 0;
    const estimated = tableChanges(baseline, split);
    const repeating = estimated.all.flatMap(({ kind, column }) =>
      kind === 'repeats' && column !== null ? column : [],
    );
    return {
      ...(repeating.length > 0
        ? tableChanges(baseline, await withExactCounts(split, repeating, dataset, lab))
        : estimated),
      ...{ dataset, isProven, since: baseline.measuredAt, sql: query.sql },
      columns: columnsChange(baseline.profile, split.profile),
    };
  } catch {
    return undefined;
  }
};
