import { type ValidateOptions, type Validation, validateRules } from '@aegis/project';
import { formatProblem, type Problem } from '@aegis/rules';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';

export interface ValidateCommandOptions extends ValidateOptions {
  readonly quiet?: boolean | undefined;
}

export const runValidate: RunCommand<ValidateCommandOptions> = async (options, effects) => {
  const validation = await validateRules(options, effects);
  const { problems, warnings } = validation;
  const shown = [
    ...problems.map((problem) => formatProblem(marked(problem, 'error'))),
    ...(options.quiet ? [] : warnings.map((warning) => formatProblem(marked(warning, 'warning')))),
    summary(validation),
  ];
  effects.stdout.write(`${effects.secrets.scrub(shown.join('\n'))}\n`);
  return problems.length === 0 ? exitCodes.passed : exitCodes.usage;
};

const marked = (problem: Problem, mark: string): Problem => ({ ...problem, message: `${mark}: ${problem.message}` });

const depths: { readonly [depth in Validation['depth']]: string } = {
  offline: 'files only',
  columns: 'tables and columns too',
  statements: 'tables, columns and statements too',
};

const summary = ({ files, rules, problems, warnings, depth }: Validation): string => {
  const checked = `${count(rules.length, 'valid rule')} in ${count(files.length, 'file')}`;
  return `${checked}, ${count(problems.length, 'error')}, ${count(warnings.length, 'warning')} (checked ${depths[depth]})`;
};
