import { type RenderReportOptions, renderReport } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { terminalOf } from '../../render/terminal.js';

export interface ReportCommandOptions extends Omit<RenderReportOptions, 'terminal'> {
  readonly color?: boolean | undefined;
}

export const runReport: RunCommand<ReportCommandOptions> = async (options, effects) => {
  effects.stdout.write(await renderReport({ ...options, terminal: terminalOf(options, effects) }, effects));
  return exitCodes.passed;
};
