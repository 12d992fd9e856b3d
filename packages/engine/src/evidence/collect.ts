import type { Fact } from './fact.js';

/** Takes what was found out about a rule. */
export type Collect = (ruleId: string, found: { readonly facts?: readonly Fact[]; readonly note?: string }) => void;

/** Does some work; where it fails, a note of each rule says so. */
export const collected = async (
  ruleIds: readonly string[],
  collect: Collect,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    for (const id of ruleIds) collect(id, { note: unfound(error) });
  }
};

/** Engines explain themselves over several lines, of which the first says what is wrong. */
export const unfound = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return `no further evidence: ${message.split('\n')[0]}`;
};
