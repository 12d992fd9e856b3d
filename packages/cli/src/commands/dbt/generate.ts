import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DbtConversion, DbtProject } from '@aegis/dbt';
import { configFileName, writeWhole } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { shownPath } from '../named-file.js';
import { checkRulesOutput, type ForeignRules, type WriteRulesOptions, writeRules } from '../write-rules.js';
import { type DbtPackage, loadDbt, readManifestFile } from './load-dbt.js';

export interface DbtGenerateOptions extends WriteRulesOptions {
  readonly manifest?: string | undefined;
  readonly project?: string | undefined;
  readonly quiet?: boolean | undefined;
}

export const runDbtGenerate: RunCommand<DbtGenerateOptions> = async (options, effects) => {
  const dbt = await loadDbt(effects);
  const project = await openProject(options, dbt, effects);
  const manifest = manifestPath(options, project, effects);
  await checkRulesOutput(options, effects);
  const text = await readManifestFile(manifest, effects.cwd);
  const conversion = dbt.convertManifest(dbt.readManifest(text, shownPath(manifest, effects.cwd)));
  const lines = [...dbt.summaryLines(conversion), ...(await writeRules(options, dbtRules(conversion, dbt), effects))];
  const said = [...lines, ...(project === undefined ? [] : await warehouseLines(options, project, dbt, effects))];
  if (!options.quiet) for (const line of said) effects.stderr.write(`${visible(line)}\n`);
  return exitCodes.passed;
};

const dbtRules = ({ rules }: DbtConversion, dbt: DbtPackage): ForeignRules => ({
  origin: 'dbt',
  isEmpty: rules.length === 0,
  render: () => dbt.renderRules(rules),
  sync: (text, file) => dbt.syncRules(text, rules, file),
});

const openProject = async ({ project }: DbtGenerateOptions, dbt: DbtPackage, { cwd, env }: CliEffects) =>
  project === undefined ? undefined : dbt.openDbtProject({ folder: resolve(cwd, project), env });

const manifestPath = (
  { manifest }: DbtGenerateOptions,
  project: DbtProject | undefined,
  { cwd }: CliEffects,
): string => {
  if (manifest !== undefined) return resolve(cwd, manifest);
  return project?.manifest ?? resolve(cwd, 'target', 'manifest.json');
};

/** The connection goes into aegis.yaml beside the project, unless that names warehouses already. */
const warehouseLines = async (
  options: DbtGenerateOptions,
  { warehouse }: DbtProject,
  dbt: DbtPackage,
  { cwd }: CliEffects,
): Promise<readonly string[]> => {
  const file = resolve(cwd, options.project ?? '.', configFileName);
  const shown = shownPath(file, cwd);
  if (warehouse.kind === 'none') return [`note: No warehouse was written to ${shown}: ${warehouse.reason}.`];
  const before = await readFile(file, 'utf8').catch(() => undefined);
  const text = dbt.withWarehouse(before, warehouse);
  if (text === undefined) return [`note: ${shown} has warehouses already; it was not changed.`];
  await writeWhole(file, text);
  const { name, target } = warehouse;
  return [`Warehouse ${name} (target ${target}) written to ${shown}.`, ...warehouse.notes.map((note) => `  ${note}`)];
};
