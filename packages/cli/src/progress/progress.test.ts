import { describe, expect, it } from 'vitest';
import { memoryEffects } from '../testing/memory-effects.js';
import { progressLine } from './live-progress.js';
import { createProgress } from './progress.js';
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

  it('writes nothing when quiet', async () => {
    const written: string[] = [];
    const progress = createProgress({ quiet: true }, await memoryEffects({ stderr: stderr(true, written) }));
    progress.show({ type: 'note', message: 'hello' });
    progress.end();
    expect(written).toEqual([]);
  });
});
