import { describe, expect, it } from 'vitest';
import { connect, dataOf, type Era, textOf } from '../testing/connect.js';

describe.each<Era>(['legacy', 'auto'])('aegis_run, protocol %s', (era) => {
  it('records a run and gives what failed, the gravest first', async () => {
    const { call } = await connect({ era });
    const result = await call('aegis_run', { rules: ['rules'] });
    expect(textOf(result)).toMatch(
      /^Run \S+ \(completed\): 3 rules, 1 passed, 2 failed\.\n- \[fail, .*\] ids_unique on/,
    );
    expect(dataOf(result)).toMatchObject({
      verdict: 'failed',
      summary: { total_rules: 3, failed: 2 },
      results: [{ rule_id: 'ids_unique' }, { rule_id: 'emails_there' }],
      next_cursor: null,
    });
    const { run_id } = dataOf(result);
    expect(dataOf(await call('aegis_list_runs'))).toMatchObject({ runs: [{ run_id, status: 'completed', failed: 2 }] });
  });
});
