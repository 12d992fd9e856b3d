import { resolve } from 'node:path';
import { ConfigError, type Report } from '@aegis/spec';
import { checkReplaceable, writeWhole } from '../output/output-file.js';
import type { ReportOutput } from '../runs/run-options.js';
import { renderAs } from './render-as.js';
import type { ReportFormat } from './report-formats.js';

/** What tells a report from other files. */
const beginnings: { readonly [format in ReportFormat]: RegExp } = {
  terminal: /^Aegis run /,
  json: /^\{\s*"schema":/,
  markdown: /^## Aegis/,
  junit: /^<\?xml [^>]*>\s*<testsuites name="aegis"/,
  sarif: /^\{\s*"\$schema":/,
  html: /^<!doctype html>/,
};

/**
 * Proves that each output can be written, and that it would replace nothing but an older report.
 * @throws ConfigError `output`
 */
export const checkOutputs = async (outputs: readonly ReportOutput[], cwd: string): Promise<void> => {
  for (const { path, format } of outputs) {
    await checkReplaceable(resolve(cwd, path), (beginning) => beginnings[format].test(beginning));
  }
};

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
