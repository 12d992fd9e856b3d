import { type PlanOptions, planRun } from '@aegis/project';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { timeoutMs } from '../shared-options.js';
import { renderPlan } from './render-plan.js';

export interface PlanCommandOptions extends Omit<PlanOptions, 'timeoutMs'> {
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly json?: boolean | undefined;
}

export const runPlan: RunCommand<PlanCommandOptions> = async ({ timeout, json, ...options }, effects) => {
  const planned = await withInterruption(effects, (interruptible) =>
    planRun({ ...options, timeoutMs: timeoutMs(timeout) }, interruptible),
  );
  effects.stdout.write(json ? `${JSON.stringify(planned, null, 2)}\n` : renderPlan(planned));
  return planned.tables.some(({ errors }) => errors.length > 0) ? exitCodes.incomplete : exitCodes.passed;
};

const withInterruption = async <Result>(
  effects: CliEffects,
  work: (effects: CliEffects) => Promise<Result>,
): Promise<Result> => {
  const interruption = effects.interruption();
  try {
    return await work({ ...effects, signal: interruption.signal });
  } finally {
    interruption.release();
  }
};
