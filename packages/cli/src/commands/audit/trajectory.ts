import { type ShowRunOptions, showTrajectory } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { terminalOf } from '../../render/terminal.js';
import { renderTrajectory } from './render-trajectory.js';

export interface TrajectoryCommandOptions extends ShowRunOptions {
  readonly json?: boolean | undefined;
}

export const runTrajectory: RunCommand<TrajectoryCommandOptions> = async ({ json, ...options }, effects) => {
  const tree = await showTrajectory(options, effects);
  const text = json
    ? `${JSON.stringify(tree, null, 2)}\n`
    : renderTrajectory(tree, terminalOf({}, effects).width ?? 100);
  effects.stdout.write(text);
  return exitCodes.passed;
};
