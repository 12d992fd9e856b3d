import { Command } from '@commander-js/extra-typings';
import type { CommandContext } from './command-context.js';
import { auditCommand } from './commands/audit/command.js';
import { completeCommand, completionCommand } from './commands/completion/command.js';
import { contractCommand } from './commands/contract/command.js';
import { dbtCommand } from './commands/dbt/command.js';
import { generateCommand } from './commands/generate/command.js';
import { initCommand } from './commands/init/command.js';
import { lineageCommand } from './commands/lineage/command.js';
import { mcpCommand } from './commands/mcp/command.js';
import { pipelineCommand } from './commands/pipeline/command.js';
import { planCommand } from './commands/plan/command.js';
import { reportCommand } from './commands/report/command.js';
import { rulesCommand } from './commands/rules/command.js';
import { runCommand } from './commands/run/command.js';
import { validateCommand } from './commands/validate/command.js';
import { version } from './version.js';

/** In the order of the help. */
const commands = [
  initCommand,
  validateCommand,
  planCommand,
  runCommand,
  generateCommand,
  dbtCommand,
  contractCommand,
  reportCommand,
  rulesCommand,
  auditCommand,
  lineageCommand,
  pipelineCommand,
  mcpCommand,
  completionCommand,
] as const;

/** The whole command line: names, flags and help. What a command does is loaded when it runs. */
export const createProgram = (context: CommandContext): Command => {
  const program = new Command('aegis')
    .description('Checks data in warehouses and files, and explains what is wrong with it.')
    .version(version, '-V, --version')
    .helpOption('-h, --help')
    .enablePositionalOptions()
    .addHelpText('after', '\nStart with `aegis init`, or see `aegis help run`.');
  for (const create of commands) program.addCommand(create(context));
  program.addCommand(completeCommand(context), { hidden: true });
  applyToAll(program, (command) => routeOutput(command, context));
  return program;
};

const applyToAll = (command: Command, change: (command: Command) => void): void => {
  change(command);
  for (const child of command.commands) applyToAll(child as Command, change);
};

const routeOutput = (command: Command, { effects: { stdout, stderr } }: CommandContext): void => {
  command.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    getOutHelpWidth: () => stdout.columns ?? 100,
    getErrHelpWidth: () => stderr.columns ?? 100,
  });
};
