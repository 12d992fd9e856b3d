import { type ExportDatasetOptions, exportDataset } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';

export const runExportDataset: RunCommand<ExportDatasetOptions> = async (options, effects) => {
  const { lines } = await exportDataset(options, effects);
  effects.stderr.write(`${count(lines, 'conversation')} written to ${options.output}\n`);
  return exitCodes.passed;
};
