import type { RuleResult } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { memoryEffects } from '../testing/memory-effects.js';
import { createProgress } from './create-progress.js';
import { progressLine } from './live-progress.js';
import { Tally } from './tally.js';

const tallyOf = (total: number): Tally => {
  const tally = new Tally();
  tally.add({ type: 'run_started', runId: 'r', rules: total, tables: ['orders'] });
  tally.add({ type: 'table_started', table: 'orders', rules: total });
  return tally;
};

describe('progressLine', () => {
  it('shows how far the run is, what it looks at, and how long it takes', () => {
    expect(progressLine(tallyOf(4), 1500)).toBe('░░░░░░░░░░░░░░░░░░░░ 0/4 rules · orders · 1.5 s');
  });

  it('shows how far comparisons of warehouses are, until their rule is finished', () => {
    const tally = tallyOf(2);
    const progress = { type: 'comparison_progress', table: 'orders', ruleId: 'match', rows: 400 } as const;
    const figures = { buckets: 20, differing: 1, rowsRead: 0 };
    tally.add({ ...progress, step: 'checksums', ...figures });
    expect(progressLine(tally, 0)).toContain('orders, match: 1 of 20 buckets differ');
    tally.add({ ...progress, step: 'rows', ...figures, rowsRead: 40 });
    expect(progressLine(tally, 0)).toContain('match: 1 of 20 buckets differ, 40 rows read');
    const result = { rule_id: 'match', outcome: 'pass' } as RuleResult;
    tally.add({ type: 'rule_finished', table: 'orders', result });
    expect(progressLine(tally, 0)).not.toContain('match');
  });

  it('stands still where there is nothing to do', () => {
    expect(progressLine(new Tally(), 0)).toBe('░░░░░░░░░░░░░░░░░░░░ 0/0 rules · 0 ms');
  });
});

describe('createProgress', () => {
  const stderr = (isTerminal: boolean, written: string[]) => ({
    isTerminal,
    columns: isTerminal ? 80 : undefined,
    write: (text: string) => void written.push(text),
  });

  it('draws over one line on a terminal and clears it at the end', async () => {
    const written: string[] = [];
    const progress = createProgress({}, await memoryEffects({ stderr: stderr(true, written) }));
    progress.show({ type: 'note', message: 'hello' });
    progress.end();
    expect(written).toEqual(['\r\u001b[2Khello\n', '\r\u001b[2K']);
  });

  it('writes plain lines elsewhere, and in CI', async () => {
    const written: string[] = [];
    for (const effects of [{ stderr: stderr(false, written) }, { stderr: stderr(true, written), env: { CI: '1' } }]) {
      const progress = createProgress({}, await memoryEffects(effects));
      progress.show({ type: 'run_started', runId: 'r', rules: 1, tables: ['t'] });
      progress.end();
    }
    expect(written).toEqual(['Run r: 1 rule on 1 table\n', 'Run r: 1 rule on 1 table\n']);
  });

  it('writes a line for each round of a comparison of warehouses', async () => {
    const written: string[] = [];
    const progress = createProgress({}, await memoryEffects({ stderr: stderr(false, written) }));
    const round = { table: 'orders', ruleId: 'match', rows: 400, buckets: 0, differing: 0, rowsRead: 0 };
    progress.show({ type: 'comparison_progress', step: 'counted', ...round });
    progress.show({ type: 'comparison_progress', step: 'rows', ...round, rowsRead: 400 });
    expect(written).toEqual(['match: 400 rows to compare\n', 'match: 400 rows read\n']);
  });

  it('writes nothing when quiet', async () => {
    const written: string[] = [];
    const progress = createProgress({ quiet: true }, await memoryEffects({ stderr: stderr(true, written) }));
    progress.show({ type: 'note', message: 'hello' });
    progress.end();
    expect(written).toEqual([]);
  });
});
