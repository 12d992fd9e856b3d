import { resolve } from 'node:path';
import { loadReport, type ShowRunOptions, writeWhole } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';
import { shownPath } from '../named-file.js';
import { loadDbt, readManifestFile } from './load-dbt.js';

export interface DbtResultsOptions extends ShowRunOptions {
  readonly manifest: string;
  readonly output?: string | undefined;
  readonly quiet?: boolean | undefined;
}

export const runDbtResults: RunCommand<DbtResultsOptions> = async (options, effects) => {
  const dbt = await loadDbt(effects);
  const file = resolve(effects.cwd, options.manifest);
  const manifest = dbt.readManifest(await readManifestFile(file, effects.cwd), shownPath(file, effects.cwd));
  const report = await loadReport(options, effects);
  const { runResults, leftOut } = dbt.toRunResults(report, dbt.convertManifest(manifest), manifest);
  const text = `${JSON.stringify(runResults, null, 2)}\n`;
  if (options.output === undefined) effects.stdout.write(text);
  else await writeWhole(resolve(effects.cwd, options.output), text);
  const lines = [
    `${count(runResults.results.length, 'result')} of ${count(report.results.length, 'rule')}${options.output === undefined ? '' : ` written to ${options.output}`}`,
    ...leftOut.map((id) => `  ${id} is not from a test of this manifest`),
  ];
  if (!options.quiet) for (const line of lines) effects.stderr.write(`${visible(line)}\n`);
  return exitCodes.passed;
};
