import type { Statement } from '@aegis/spec';
import { countAll } from '@aegis/sql';
import type { PreparedRule } from '../../plan/prepare.js';
import { type ProbeHandler, type ProbeOf, targetOf } from './probe-handler.js';

/** A bounded sample of rows, judged in this process. */
export const rowSample: ProbeHandler<'row_sample'> = {
  shared: () => ({ rows: countAll() }),
  followsScan: true,
  own: async (probe, rule, { runner }, { rows }) => ({
    values: {},
    rows: await runner.rows(statementOf(probe, rule, String(rows ?? 0)), probe.limit, [rule.rule.id]),
  }),
  planned: (probe, rule) => [{ purpose: 'sample', statement: statementOf(probe, rule, String(probe.limit)) }],
};

const statementOf = ({ columns, limit }: ProbeOf<'row_sample'>, rule: PreparedRule, rowCount: string): Statement => ({
  kind: 'row_sample',
  from: targetOf(rule),
  columns,
  rowCount,
  limit,
});
