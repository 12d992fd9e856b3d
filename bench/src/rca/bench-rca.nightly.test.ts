import { expect, it } from 'vitest';
import { benchRca, everyKind } from './bench-rca.js';
import { faultKinds } from './faults/fault.js';
import { leastOfAll } from './least.js';
import { share } from './report.js';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

it('finds the causes of more than 300 faults, and nothing in 40 clean runs', { timeout: 3_600_000 }, async () => {
  const plans = seeds.map((seed) => ({ seed, faults: seed <= 35 ? everyKind(seed) : [] }));
  const { faults, clean } = await benchRca(plans, () => undefined);
  expect(faults.length).toBeGreaterThanOrEqual(300);
  expect(new Set(faults.map(({ kind }) => kind)).size).toBe(faultKinds.length);
  expect(clean.filter(({ findings, root_causes }) => findings.length + root_causes > 0)).toEqual([]);
  for (const { mark, percent } of leastOfAll) expect(share(faults, mark), mark).toBeGreaterThanOrEqual(percent);
});
