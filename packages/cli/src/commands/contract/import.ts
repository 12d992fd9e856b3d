import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { loadProject } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { shownPath } from '../named-file.js';
import { checkRulesOutput, type WriteRulesOptions, writeRules } from '../write-rules.js';
import { loadContracts, readChecksFile } from './load-contracts.js';

export interface ContractImportOptions extends WriteRulesOptions {
  readonly file: string;
  readonly from?: string | undefined;
  readonly server?: string | undefined;
  readonly table?: string | undefined;
  readonly quiet?: boolean | undefined;
}

export const runContractImport: RunCommand<ContractImportOptions> = async (options, effects) => {
  const contracts = await loadContracts(effects);
  await checkRulesOutput(options, effects);
  const file = resolve(effects.cwd, options.file);
  const text = await readChecksFile(file, effects.cwd);
  const { from, server, table } = options;
  const imported = contracts.importChecks(text, shownPath(file, effects.cwd), {
    from,
    server,
    table,
    warehouse: server === undefined ? await warehouseType(effects) : undefined,
    rebase: rebaseOf(file, options, effects),
  });
  const written = await writeRules(
    options,
    {
      origin: 'the contract',
      isEmpty: imported.rules.length === 0,
      render: () => contracts.renderRules(imported.rules),
      sync: (before, name) => contracts.syncRules(before, imported.rules, name),
    },
    effects,
  );
  const said = [...contracts.summaryLines(imported), ...written];
  if (!options.quiet) for (const line of said) effects.stderr.write(`${visible(line)}\n`);
  return exitCodes.passed;
};

/** Where rules run that name no warehouse, if aegis.yaml says so. */
const warehouseType = async (effects: CliEffects): Promise<string | undefined> => {
  const { warehouses, default_warehouse: named } = (await loadProject({}, effects)).config;
  const [only, ...others] = Object.keys(warehouses);
  const name = named ?? (others.length === 0 ? only : undefined);
  return name === undefined ? undefined : warehouses[name]?.type;
};

/** Paths of data files are relative to the file that names them, which is another one now. */
const rebaseOf = (file: string, { output }: ContractImportOptions, { cwd }: CliEffects) => {
  const folder = output === undefined ? cwd : dirname(resolve(cwd, output));
  return (path: string): string =>
    isAbsolute(path) || /^[a-z][a-z\d+.-]+:\/\//i.test(path)
      ? path
      : relative(folder, resolve(dirname(file), path))
          .split(sep)
          .join('/');
};
