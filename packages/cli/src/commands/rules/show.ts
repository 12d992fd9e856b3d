import { builtinTypes, renderRuleTypeMarkdown } from '@aegis/rules';
import { ConfigError } from '@aegis/spec';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';

export const runRulesShow: RunCommand<{ readonly type: string }> = async ({ type: name }, { stdout }) => {
  const type = builtinTypes.find(name);
  if (!type) throw unknownType(name);
  stdout.write(renderRuleTypeMarkdown(type));
  return exitCodes.passed;
};

const unknownType = (name: string): ConfigError => {
  const suggestion = builtinTypes.suggest(name);
  return new ConfigError('usage', `there is no rule type "${name}"`, {
    hint: suggestion === undefined ? 'aegis rules list shows them all.' : `Did you mean "${suggestion}"?`,
  });
};
