import type { Measurements } from '@aegis/rules';
import { PlanError } from '@aegis/spec';
import { countAll } from '@aegis/sql';
import type { StatementRunner } from '../runner.js';
import { type ProbeHandler, valuesOnly } from './probe-handler.js';

/** A query that the user wrote, as the guard rendered it. */
export const query: ProbeHandler<'query'> = {
  shared: () => ({ rows: countAll() }),
  own: async ({ sql, expect }, { rule }, { runner }) =>
    expect === 'no_rows'
      ? valuesOnly(await runner.row({ kind: 'query_count', sql }, [rule.id]))
      : valuesOnly(await scalarOf(sql, rule.id, runner)),
  planned: ({ sql, expect }) => [
    {
      purpose: 'query',
      statement: expect === 'no_rows' ? { kind: 'query_count', sql } : { kind: 'query_rows', sql, limit: 2 },
    },
  ],
};

/** @throws PlanError `unsupported` unless there is exactly one row. */
const scalarOf = async (sql: string, ruleId: string, runner: StatementRunner): Promise<Measurements> => {
  const rows = await runner.rows({ kind: 'query_rows', sql, limit: 2 }, 2, [ruleId]);
  const [first] = rows;
  if (first && rows.length === 1) return { value: Object.values(first)[0] ?? null };
  const given = first ? 'more than one' : 'none';
  throw new PlanError('unsupported', `\`expect: true\` needs exactly one row; the query gave ${given}`, {
    hint: 'Aggregate the query to one row, or use `expect: no_rows`.',
  });
};
