import { Argument, Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';

export const completionCommand = ({ effects, finish }: CommandContext) =>
  new Command('completion')
    .description('print a script that completes commands, flags and their values in a shell')
    .addArgument(new Argument('<shell>', 'shell to complete in').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText(
      'after',
      examples('source <(aegis completion bash)', 'source <(aegis completion zsh)', 'aegis completion fish | source'),
    )
    .action(async (shell) => {
      const { runCompletion } = await import('./completion.js');
      finish(await runCompletion({ shell }, effects));
    });

/** What the scripts ask: not for people, so not in the help. */
export const completeCommand = ({ effects, finish }: CommandContext) => {
  const command = new Command('complete').argument('[words...]');
  return command.action(async (words) => {
    const { runComplete } = await import('./complete.js');
    finish(await runComplete({ words, program: command.parent ?? command }, effects));
  });
};
