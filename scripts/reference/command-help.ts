import { processEffects } from '../../packages/cli/src/process-effects.js';
import { createProgram } from '../../packages/cli/src/program.js';

type AnyCommand = ReturnType<typeof createProgram>['commands'][number];

/** What one command prints for `--help`. */
export interface CommandHelp {
  /** The whole command, e.g. `aegis rules list`. */
  readonly name: string;
  readonly help: string;
}

/** Columns of the printed help, whatever the terminal. */
const width = 100;

/** The help of `aegis` and of every command that it lists, parents before children. */
export const commandHelps = (): readonly CommandHelp[] =>
  helpsOf(createProgram({ effects: processEffects(), finish: () => undefined }), []);

const helpsOf = (command: AnyCommand, parents: readonly string[]): readonly CommandHelp[] => {
  const path = [...parents, command.name()];
  const children = command.createHelp().visibleCommands(command);
  return [
    { name: path.join(' '), help: helpOf(command) },
    ...children.filter((child) => child.name() !== 'help').flatMap((child) => helpsOf(child, path)),
  ];
};

const helpOf = (command: AnyCommand): string => {
  let help = '';
  const writeOut = (text: string) => {
    help += text;
  };
  command.configureOutput({ writeOut, getOutHelpWidth: () => width, getOutHasColors: () => false }).outputHelp();
  return help.trimEnd();
};
