import type { CliEffects } from './cli-effects.js';
import type { ExitCode } from './exit-codes.js';

/** A command: options in, exit code out. Everything else goes through the effects. */
export type RunCommand<Options> = (options: Options, effects: CliEffects) => Promise<ExitCode>;

export interface CommandContext {
  readonly effects: CliEffects;
  /** Called once by the command that ran. */
  readonly finish: (code: ExitCode) => void;
}

/** Examples under a command's help, one command line each. */
export const examples = (...lines: readonly string[]): string =>
  `\n${lines.length > 1 ? 'Examples' : 'Example'}:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
