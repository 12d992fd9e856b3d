import { ruleJsonSchema, ruleTypes } from '@aegis/rules';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';

export const runRulesSchema: RunCommand<object> = async (_options, { stdout }) => {
  stdout.write(`${JSON.stringify(ruleJsonSchema(ruleTypes), null, 2)}\n`);
  return exitCodes.passed;
};
