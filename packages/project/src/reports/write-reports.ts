import { resolve } from 'node:path';
import { ConfigError, type Report } from '@aegis/spec';
import { writeWhole } from '../output/output-file.js';
import type { ReportOutput } from '../runs/run-options.js';
import { renderAs } from './render-as.js';

/** Writes each output whole or not at all, and gives the errors of those that could not be. */
export const writeReports = async (
  outputs: readonly ReportOutput[],
  report: Report,
  cwd: string,
): Promise<readonly ConfigError[]> => {
  const unwritten: ConfigError[] = [];
  for (const { path, format } of outputs) {
    try {
      await writeWhole(resolve(cwd, path), await renderAs(format, report));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      unwritten.push(error);
    }
  }
  return unwritten;
};
