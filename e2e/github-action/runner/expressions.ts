import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What expressions may read, e.g. `inputs` and `steps`. */
export interface Contexts {
  readonly [name: string]: Json;
}

/** How the steps before went. */
export type JobStatus = 'success' | 'failure';

/** The value of an expression, as text: evaluated by GitHub's own code. */
const evaluate = (expression: string, contexts: Contexts, status: JobStatus = 'success'): string =>
  evaluated(expression, contexts, status).coerceString();

const evaluated = (expression: string, contexts: Contexts, status: JobStatus): data.ExpressionData => {
  const functions = statusFunctions(status);
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(functions.map((each) => [each.name, each]))).evaluate();
};

const statusFunctions = (status: JobStatus) =>
  Object.entries({
    success: status === 'success',
    failure: status === 'failure',
    always: true,
    cancelled: false,
  }).map(([name, value]) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }));

/** Text with the values of its expressions in place of them. What a value holds is not evaluated again. */
export const interpolate = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts));

/** Whether a step runs: without a word on the steps before, only when they went well. */
export const isMet = (condition: string | undefined, contexts: Contexts, status: JobStatus): boolean => {
  const expression = (condition ?? '').replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1').trim() || 'success()';
  const names = /\b(success|failure|always|cancelled)\s*\(/.test(expression)
    ? expression
    : `success() && (${expression})`;
  const value = evaluated(names, contexts, status);
  return !['', '0', 'false'].includes(value.coerceString());
};
