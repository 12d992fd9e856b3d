import { describe, expect, it } from 'vitest';
import { type CountedTest, closingLine, missingFor, skipLines, type TallyPolicy, tally } from './test-tally.js';

const locally: TallyPolicy = { ci: false, unavailableInCi: [/credentials/] };
const inCi: TallyPolicy = { ...locally, ci: true };
const passed: CountedTest = { name: 'a', state: 'passed' };
const noServer: CountedTest = { name: 'reads a table', state: 'skipped', note: 'needs PostgreSQL' };
const noCredentials: CountedTest = { name: 'bills a query (needs Google credentials)', state: 'skipped' };
const silent: CountedTest = { name: 'says nothing', state: 'skipped' };

describe('tally', () => {
  it('counts tests by state and errors outside tests as failures', () => {
    const counted = tally([passed, passed, { name: 'b', state: 'failed' }, noServer], 2, locally);
    expect(closingLine(counted)).toBe('2 passed, 3 failed, 1 skipped');
  });

  it('tolerates every skip outside CI', () => {
    expect(closingLine(tally([noServer, noCredentials, silent], 0, locally))).toBe('0 passed, 0 failed, 3 skipped');
  });

  it('tolerates in CI only the skips that CI cannot avoid', () => {
    const counted = tally([noServer, noCredentials, silent], 0, inCi);
    expect(closingLine(counted)).toBe('0 passed, 2 failed, 1 skipped');
    expect(counted.refused.map(({ name }) => name)).toEqual([noServer.name, silent.name]);
  });
});

describe('missingFor', () => {
  it.each([
    [noServer, 'PostgreSQL'],
    [noCredentials, 'Google credentials'],
    [{ name: 'suite (needs Docker) > test', state: 'skipped' } as const, 'Docker'],
    [{ name: 'needs a browser > draws', state: 'skipped' } as const, 'a browser'],
    [silent, undefined],
  ])('reads what $name misses', (test, missing) => {
    expect(missingFor(test)).toBe(missing);
  });
});

describe('skipLines', () => {
  it('names every skip and what it misses', () => {
    expect(skipLines(tally([noServer, silent], 0, locally))).toEqual([
      'Skipped:',
      '  reads a table: needs PostgreSQL',
      '  says nothing: does not say what is missing',
      '',
    ]);
  });

  it('says nothing when nothing was skipped', () => {
    expect(skipLines(tally([passed], 0, inCi))).toEqual([]);
  });
});
