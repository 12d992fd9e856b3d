import { it } from 'vitest';
import type { RequirementId } from './requirements.js';

/** A test of promised behaviour, under the ids of the requirements that it shows. */
export const scenario = (
  ids: RequirementId | readonly RequirementId[],
  title: string,
  run: () => Promise<void>,
  timeoutMs?: number,
): void => {
  it(`${title} (${[ids].flat().join(', ')})`, run, timeoutMs);
};

/** The same where the machine may lack what it needs; `missing` names it, and is `undefined` where nothing is. */
export const scenarioUnless = (
  missing: string | undefined,
  ids: RequirementId | readonly RequirementId[],
  title: string,
  run: () => Promise<void>,
): void => {
  it(`${title} (${[ids].flat().join(', ')})`, async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    await run();
  });
};
