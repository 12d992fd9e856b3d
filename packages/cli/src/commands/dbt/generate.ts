import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DbtConversion, DbtProject, SyncedRules } from '@aegis/dbt';
import { checkNew, checkWritable, configFileName, writeWhole } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import { ConfigError } from '@aegis/spec';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';
import { type DbtPackage, loadDbt, readManifestFile, shownPath } from './load-dbt.js';

export interface DbtGenerateOptions {
  readonly manifest?: string | undefined;
  readonly project?: string | undefined;
  readonly output?: string | undefined;
  readonly sync?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export const runDbtGenerate: RunCommand<DbtGenerateOptions> = async (options, effects) => {
  if (options.sync && options.output === undefined)
    throw new ConfigError('usage', '--sync needs --output: the file to update');
  const dbt = await loadDbt(effects);
  const project = await openProject(options, dbt, effects);
  const manifest = manifestPath(options, project, effects);
  await checkOutput(options, effects);
  const text = await readManifestFile(manifest, effects.cwd);
  const conversion = dbt.convertManifest(dbt.readManifest(text, shownPath(manifest, effects.cwd)));
  const lines = [...dbt.summaryLines(conversion), ...(await write(options, conversion, dbt, effects))];
  const said = [...lines, ...(project === undefined ? [] : await warehouseLines(options, project, dbt, effects))];
  if (!options.quiet) for (const line of said) effects.stderr.write(`${visible(line)}\n`);
  return exitCodes.passed;
};

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

const checkOutput = async ({ output, sync, force }: DbtGenerateOptions, { cwd }: CliEffects): Promise<void> => {
  if (output === undefined) return;
  const file = resolve(cwd, output);
  await (sync ? checkWritable(file) : checkNew(file, { force }));
};

const write = async (
  { output, sync }: DbtGenerateOptions,
  { rules }: DbtConversion,
  dbt: DbtPackage,
  { cwd, stdout }: CliEffects,
): Promise<readonly string[]> => {
  if (output === undefined) {
    stdout.write(dbt.renderRules(rules));
    return [];
  }
  const file = resolve(cwd, output);
  const before = sync ? await readFile(file, 'utf8').catch(() => '') : undefined;
  const synced = before === undefined ? undefined : dbt.syncRules(before, rules, output);
  const text = synced?.text ?? dbt.renderRules(rules);
  if (text !== before) await writeWhole(file, text);
  return synced === undefined ? [`Written to ${output}. Try them: aegis run ${output}`] : syncLines(synced, output);
};

const syncLines = (synced: SyncedRules, output: string): readonly string[] => {
  const { added, updated, unchanged, edited, gone, taken } = synced;
  return [
    `${output}: ${added.length} added, ${updated.length} updated, ${unchanged.length} unchanged`,
    ...listed('edited here, and different in dbt by now; left as they are', edited),
    ...listed('no longer in dbt, or no longer converted; left in the file', gone),
    ...listed('not added, because another rule has the id', taken),
  ];
};

const listed = (what: string, ids: readonly string[]): readonly string[] =>
  ids.length === 0 ? [] : [`${count(ids.length, 'rule')} ${what}:`, ...ids.map((id) => `  ${id}`)];

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
