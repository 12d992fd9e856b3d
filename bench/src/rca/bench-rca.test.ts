import { beforeAll, describe, expect, it } from 'vitest';
import { benchRca, everyKind } from './bench-rca.js';
import { faultKinds } from './faults/fault.js';
import { leastInCi } from './least.js';
import { type RcaReport, share } from './report.js';

/** Every kind in three of five pipelines, one of each template. */
const plans = [1, 2, 3, 4, 15].map((seed) => ({
  seed,
  faults: everyKind(seed).filter((_, index) => (index + seed) % 5 < 3),
}));

describe('36 faults of five pipelines', () => {
  let report: RcaReport;
  beforeAll(async () => {
    report = await benchRca(plans, () => undefined);
  }, 300_000);

  it('are all in the data, and seen by a rule', () => {
    expect(report.faults.length).toBe(36);
    expect(new Set(report.faults.map(({ kind }) => kind))).toEqual(new Set(faultKinds));
    for (const { failing_rules, description } of report.faults) expect(failing_rules, description).not.toEqual([]);
  });

  it('leave nothing to be found in clean runs', () => {
    expect(report.clean.map(({ seed, findings, root_causes }) => [seed, findings, root_causes])).toEqual(
      plans.map(({ seed }) => [seed, [], 0]),
    );
  });

  it('are pipelines of at least 15 tables with rules on what they make', () => {
    for (const { tables, rules } of report.clean) {
      expect(tables).toBeGreaterThanOrEqual(15);
      expect(rules).toBeGreaterThanOrEqual(30);
    }
  });

  it.each(leastInCi)('are told apart: $mark in at least $percent %', ({ mark, percent }) => {
    const wrong = report.faults
      .filter(({ marks }) => marks[mark] === false)
      .map(({ seed, fault }) => `${seed} ${fault}`);
    expect(share(report.faults, mark), `wrong: ${wrong.join(', ')}`).toBeGreaterThanOrEqual(percent);
  });
});
