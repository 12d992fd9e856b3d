import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { checkNew, describeRules, loadProject, type RuleSetOptions, writeWhole } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import { displayTableName } from '@aegis/rules';
import { ConfigError, type TableName } from '@aegis/spec';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';
import { loadContracts } from './load-contracts.js';

export interface ContractExportOptions extends RuleSetOptions {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** Of the contract. */
  readonly contractVersion?: string | undefined;
  readonly status?: string | undefined;
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export const runContractExport: RunCommand<ContractExportOptions> = async (options, effects) => {
  const contracts = await loadContracts(effects);
  const { output, force } = options;
  if (output !== undefined) await checkNew(resolve(effects.cwd, output), { force });
  const { rules, tables } = await describeRules(options, effects);
  if (rules.length === 0) throw new ConfigError('usage', 'there are no rules to export');
  const exported = contracts.exportContract(rules, {
    id: options.id ?? (await defaultId(options, effects)),
    name: options.name,
    version: options.contractVersion,
    status: options.status,
    tables,
    tableName: tableNameOf(options, effects),
  });
  if (output === undefined) effects.stdout.write(exported.text);
  else await writeWhole(resolve(effects.cwd, output), exported.text);
  if (!options.quiet) for (const line of saidLines(exported, options)) effects.stderr.write(`${visible(line)}\n`);
  return exitCodes.passed;
};

/** The project's name: the same on every machine, and an id that people can read. */
const defaultId = async (options: ContractExportOptions, effects: CliEffects): Promise<string> => {
  const { name } = await loadProject(options, effects);
  return name === '' ? basename(effects.cwd) : name;
};

/** Data files as the contract's folder sees them. */
const tableNameOf = ({ output }: ContractExportOptions, { cwd }: CliEffects) => {
  const folder = output === undefined ? cwd : dirname(resolve(cwd, output));
  return (table: TableName): string =>
    table.kind === 'file' && isAbsolute(table.path)
      ? relative(folder, table.path).split(sep).join('/')
      : displayTableName(table);
};

const saidLines = (
  { inWords, verbatim }: { readonly inWords: readonly string[]; readonly verbatim: readonly string[] },
  { output }: ContractExportOptions,
): readonly string[] => [
  `${count(inWords.length + verbatim.length, 'rule')}: ${inWords.length} in words of the standard, ${verbatim.length} as they are`,
  ...(verbatim.length > 0 ? ['As they are, for the engine aegis:'] : []),
  ...verbatim.map((id) => `  ${id}`),
  ...(output === undefined ? [] : [`Written to ${output}. Hold data against it: aegis contract check ${output}`]),
];
