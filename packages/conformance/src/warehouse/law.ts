import type { Support, WarehouseCapabilities } from '@aegis/spec';
import { it, type TestContext } from 'vitest';
import type { Stage } from './stage.js';

export type CapabilityName = Exclude<keyof WarehouseCapabilities, 'concurrency' | 'execute'>;

const undeclared: Support = { support: 'not-implemented', reason: 'not declared' };

/** A test that is skipped, with the adapter's own reason, where it declares that it lacks the capability. */
export const lawOf = (
  capability: CapabilityName,
  stage: Stage,
  sentence: string,
  check: (context: TestContext) => Promise<void>,
): void => {
  it(sentence, async (context) => {
    const declared: Support = stage.warehouse.capabilities[capability] ?? undeclared;
    if (declared.support !== 'full') context.skip(`${capability}: ${declared.reason}`);
    await check(context);
  });
};
