import { Argument, Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';

export const completionCommand = ({ effects, finish }: CommandContext) =>
  new Command('completion')
    .description('print a script that completes commands and flags in a shell')
    .addArgument(new Argument('<shell>', 'shell to complete in').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText('after', examples('source <(aegis completion bash)', 'aegis completion fish | source'))
    .action(async (shell) => {
      const { runCompletion } = await import('./completion.js');
      finish(await runCompletion({ shell }, effects));
    });
