import { checkWholeNumber } from '../check-whole-number.js';

/** What one tool call may read and give back. */
export interface ToolLimits {
  /** Most rows of one result, whatever is asked for. Default 1,000. */
  readonly maxRows?: number | undefined;
  /** Most bytes of rows as JSON in one result. Default 32,000. */
  readonly maxResultBytes?: number | undefined;
  /** Of one statement. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes that one statement may read, where the warehouse can tell before. Default: no limit. */
  readonly maxScannedBytes?: number | undefined;
}

export interface Limits extends ToolLimits {
  readonly maxRows: number;
  readonly maxResultBytes: number;
  readonly timeoutMs: number;
}

/** @throws ConfigError `invalid` for limits that are no whole numbers above 0 */
export const limitsOf = (given: ToolLimits = {}): Limits => {
  for (const [name, value] of Object.entries(given)) if (value !== undefined) checkWholeNumber(name, value, 'invalid');
  return {
    maxRows: given.maxRows ?? 1_000,
    maxResultBytes: given.maxResultBytes ?? 32_000,
    timeoutMs: given.timeoutMs ?? 30_000,
    maxScannedBytes: given.maxScannedBytes,
  };
};
