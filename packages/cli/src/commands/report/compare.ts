import { type CompareRunsOptions, compareRuns, renderComparisonAs } from '@aegis/project';
import type { ComparisonFormat } from '@aegis/project/program';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { terminalOf } from '../../render/terminal.js';

export interface CompareCommandOptions extends CompareRunsOptions {
  readonly format: ComparisonFormat;
  readonly color?: boolean | undefined;
}

export const runCompare: RunCommand<CompareCommandOptions> = async ({ format, color, ...options }, effects) => {
  const comparison = await compareRuns(options, effects);
  effects.stdout.write(await renderComparisonAs(format, comparison, terminalOf({ color }, effects)));
  return exitCodes.passed;
};
