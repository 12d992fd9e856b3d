import { parseArgs } from 'node:util';
import { pipelines } from './pipelines/index.js';

export interface EvalArguments {
  /** `provider/model`. */
  readonly model: string;
  readonly only: readonly string[] | undefined;
  readonly repeat: number;
  readonly maxIterations: number | undefined;
  /** JSON lines, appended to; what is in it is not asked again. */
  readonly out: string | undefined;
  readonly json: boolean;
}

export const usage = `pnpm eval --model PROVIDER/MODEL [--only ID]... [--repeat N] [--max-iterations N] [--out FILE.jsonl] [--json]

Asks a model 40 questions about pipelines with known faults, and scores its answers.

--model           e.g. ollama/llama3.1:8b; default: AEGIS_AI_MODEL. Its key: AEGIS_AI_API_KEY, or the provider's own variable
--only            one question, e.g. shop/why-hundredfold; may be given several times
--repeat          how often each question is asked, 1 by default
--max-iterations  answers with tool calls that are followed, 10 by default
--out             keeps outcomes as they come, and does not ask again what the file has of this model
--json            prints an outcome a line, and no table`;

/** @throws Error that says which argument is wrong */
export const readArguments = (argv: readonly string[], env: NodeJS.ProcessEnv): EvalArguments => {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      ...{ model: { type: 'string' }, only: { type: 'string', multiple: true }, repeat: { type: 'string' } },
      ...{ 'max-iterations': { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false } },
    },
  });
  const { only, out, json, 'max-iterations': iterations } = values;
  for (const id of only ?? []) checkId(id);
  return {
    model: modelOf(values.model ?? env.AEGIS_AI_MODEL),
    ...{ only, out, json },
    repeat: values.repeat === undefined ? 1 : whole('--repeat', values.repeat),
    maxIterations: iterations === undefined ? undefined : whole('--max-iterations', iterations),
  };
};

const modelOf = (model: string | undefined): string => {
  if (model !== undefined && /^[^/]+\/.+/.test(model)) return model;
  throw new Error(
    model === undefined || model === ''
      ? 'no model is named: give --model PROVIDER/MODEL, or set AEGIS_AI_MODEL'
      : `--model wants PROVIDER/MODEL, not "${model}"`,
  );
};

const checkId = (id: string): void => {
  if (pipelines.some(({ questions }) => questions.some((question) => question.id === id))) return;
  throw new Error(`--only does not know "${id}"`);
};

/** More would be a slip, and every repetition is held in memory. */
const most = 1_000;

const whole = (flag: string, value: string): number => {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number <= most) return number;
  throw new Error(`${flag} wants a whole number above 0 and at most ${most}, not "${value}"`);
};
