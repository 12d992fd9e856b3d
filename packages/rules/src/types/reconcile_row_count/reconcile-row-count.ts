import { countAll } from '@aegis/sql';
import { z } from 'zod';
import { countOf, displayPercent, exact } from '../../judge/counts.js';
import { sourceParams, sourceRequirements } from '../../judge/source.js';
import { differencePercent, isWithinTolerance, toleranceParam } from '../../judge/tolerance.js';
import { defineRuleType } from '../../type/define.js';
import { cases } from './cases.js';

export const reconcileRowCount = defineRuleType({
  name: 'reconcile_row_count',
  category: 'reconciliation',
  summary: 'The target must have as many rows as the source, within a tolerance.',
  edgeCases: 'The tolerance is in percent of the source and compared exactly. An empty source needs an empty target.',
  unit: 'rows',
  params: z.strictObject({ ...sourceParams, ...toleranceParam }),
  requires: (params) => ({ columns: [], ...sourceRequirements(params) }),
  probe: () => {
    const rows = { kind: 'aggregate', measures: { rows: countAll() } } as const;
    return { kind: 'compare', target: rows, source: rows };
  },
  judge: (measured, { params }) => {
    const [source, target] = [exact(measured['source.rows']), exact(measured['target.rows'])];
    const holds = isWithinTolerance(source, target, params.tolerance_pct);
    const rowsChecked = countOf(measured, 'target.rows');
    const rowsFailed = holds ? 0 : Number(source.minus(target).abs());
    return {
      outcome: holds ? 'pass' : 'fail',
      rowsChecked,
      rowsFailed,
      unit: 'rows',
      failedPercent: displayPercent(rowsFailed, rowsChecked),
      observed: {
        difference_percent: differencePercent(source, target),
        source_rows: Number(source),
        target_rows: rowsChecked,
      },
      expected: { difference_percent_max: params.tolerance_pct },
    };
  },
  example: { type: 'reconcile_row_count', source_table: 'raw.orders', tolerance_pct: 0.1 },
  cases,
});
