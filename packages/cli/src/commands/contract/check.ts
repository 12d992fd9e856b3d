import { dirname, resolve } from 'node:path';
import { defaultDialect } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import { ConfigError } from '@aegis/spec';
import type { RunCommand } from '../../command-context.js';
import { count } from '../../render/amounts.js';
import { shownPath } from '../named-file.js';
import { type RunCommandOptions, runRun } from '../run/run.js';
import { type ContractsPackage, loadContracts, readChecksFile } from './load-contracts.js';

export interface ContractCheckOptions extends Omit<RunCommandOptions, 'rules' | 'given'> {
  readonly file: string;
  readonly from?: string | undefined;
  readonly server?: string | undefined;
  /** What a suite of Great Expectations is about. */
  readonly table?: string | undefined;
  /** Columns that the contract does not know fail it. */
  readonly strict?: boolean | undefined;
}

export const runContractCheck: RunCommand<ContractCheckOptions> = async (options, effects) => {
  const { file: named, from, server, table, strict, ...run } = options;
  const contracts = await loadContracts(effects);
  const file = resolve(effects.cwd, named);
  const shown = shownPath(file, effects.cwd);
  const text = await readChecksFile(file, effects.cwd);
  const dialect = await defaultDialect(run, effects);
  const request = { from, server, table, isStrict: strict, dialect, baseDirectory: dirname(file) };
  const checks = contracts.checkContract(text, shown, request);
  if (checks.rules.length === 0) throw nothingToCheck(shown, checks);
  if (!run.quiet) for (const line of unchecked(checks)) effects.stderr.write(`${visible(line)}\n`);
  return runRun({ ...run, rules: [], given: { rules: checks.rules, files: [shown], types: checks.types } }, effects);
};

type Checks = ReturnType<ContractsPackage['checkContract']>;

const nothingToCheck = (shown: string, { notConverted }: Checks): ConfigError => {
  const [first] = notConverted;
  const message = first === undefined ? `${shown} promises nothing about data` : `nothing in ${shown} can be checked`;
  return new ConfigError('invalid', message, {
    hint:
      first === undefined
        ? 'A contract promises what is in its schema and slaProperties.'
        : `${first.source} (${first.check}): ${first.reason}.`,
  });
};

/** What the contract says and no run can judge. */
const unchecked = ({ notConverted }: Checks): readonly string[] =>
  notConverted.length === 0
    ? []
    : [
        `${count(notConverted.length, 'promise')} cannot be checked:`,
        ...notConverted.map(({ source, check, reason }) => `  ${source} (${check}): ${reason}.`),
      ];
