import { ConfigError } from '@aegis/spec';
import type { BudgetLimits } from './budget.js';
import { systemTiming, type Timing } from './timing.js';

/** How a model is called. Every limit concerns one runtime; create one for each provider of a run. */
export interface RuntimeOptions extends BudgetLimits {
  /** Attempts at one call, the first included. Default: 4. */
  readonly maxAttempts?: number | undefined;
  /** For one attempt, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** For one call from its first attempt on, in milliseconds: no retry begins after it. Default: 300,000. */
  readonly totalTimeoutMs?: number | undefined;
  /** Calls at the same time. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Within any 60 seconds. Default: no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Input and output, estimated until a call has ended, within any 60 seconds. Default: no limit. */
  readonly tokensPerMinute?: number | undefined;
  /** For requests that do not say; without a limit no call has a worst case. Default: 4,096. */
  readonly maxOutputTokens?: number | undefined;
  /** Time and chance; a test brings its own. */
  readonly timing?: Timing | undefined;
}

export interface RuntimeSettings extends RuntimeOptions {
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly concurrency: number;
  readonly maxOutputTokens: number;
  readonly timing: Timing;
}

/** @throws ConfigError `invalid` for limits that are no numbers, or leave room for nothing */
export const runtimeSettings = ({ timing = systemTiming, ...options }: RuntimeOptions): RuntimeSettings => {
  for (const [name, value] of Object.entries(options)) checkLimit(name, value);
  return {
    ...options,
    maxAttempts: options.maxAttempts ?? 4,
    timeoutMs: options.timeoutMs ?? 60_000,
    totalTimeoutMs: options.totalTimeoutMs ?? 300_000,
    concurrency: options.concurrency ?? 4,
    maxOutputTokens: options.maxOutputTokens ?? 4_096,
    timing,
  };
};

const wholeNumbers: ReadonlySet<string> = new Set([
  'maxAttempts',
  'concurrency',
  'requestsPerMinute',
  'maxOutputTokens',
]);

/** A budget of 0 is one: no call is made. */
const budgets: ReadonlySet<string> = new Set(['maxCalls', 'maxTokens', 'maxCostUsd']);

const checkLimit = (name: string, value: number | undefined): void => {
  if (value === undefined) return;
  const isWhole = !wholeNumbers.has(name) || Number.isInteger(value);
  if (isWhole && (value > 0 || (value === 0 && budgets.has(name)))) return;
  throw new ConfigError('invalid', `${name} is ${value}`, {
    hint: `Give a ${wholeNumbers.has(name) ? 'whole ' : ''}number above 0.`,
  });
};
