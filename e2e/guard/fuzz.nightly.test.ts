import { loadGuard, type SqlGuard } from '@aegis/sql/guard';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Engines, openEngines } from './engines/index.js';
import { expectSound } from './expect-sound.js';

/**
 * Every night looks elsewhere. The title of a part names its first statement: AEGIS_FUZZ_FROM goes on from there,
 * AEGIS_FUZZ_COUNT says how far.
 */
const nights = Math.floor(Date.now() / 86_400_000);
const count = Number(process.env.AEGIS_FUZZ_COUNT ?? 1_000_000);
const from = Number(process.env.AEGIS_FUZZ_FROM ?? (nights % 4_000) * 1_000_000);
const most = 10_000;
const parts = Array.from({ length: Math.ceil(count / most) }, (_, part) => ({
  from: from + part * most,
  count: Math.min(most, count - part * most),
}));

let guard: SqlGuard;
let open: Engines;
beforeAll(async () => {
  guard = await loadGuard();
  open = await openEngines();
});
afterAll(() => open.close());

describe('generated statements reach nothing out of scope', () => {
  it.each(parts)('from number $from, $count of them', { timeout: 1_800_000 }, async (part) => {
    await expectSound({ ...open, guard, ...part }, open);
  });
});
