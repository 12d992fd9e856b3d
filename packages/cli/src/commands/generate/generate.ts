import { type GeneratedRules, type GenerateOptions, generateRules } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count, dollars } from '../../render/amounts.js';
import { timeoutMs } from '../shared-options.js';

export interface GenerateCommandOptions
  extends Omit<GenerateOptions, 'documents' | 'timeoutMs' | 'llm' | 'onProgress'> {
  /** Documents. */
  readonly kb?: readonly string[] | undefined;
  /** `false` is --no-llm; `true` is what commander gives when neither flag was set. */
  readonly llm?: string | boolean | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly quiet?: boolean | undefined;
}

export const runGenerate: RunCommand<GenerateCommandOptions> = async (options, effects) => {
  const say = (line: string): void => effects.stderr.write(effects.secrets.scrub(`${line}\n`));
  const generated = await generateUntilInterrupted(options, effects, options.quiet ? () => undefined : say);
  if (options.output === undefined) effects.stdout.write(generated.text);
  if (!options.quiet || !generated.isComplete) for (const line of summary(generated, options)) say(line);
  return generated.isComplete ? exitCodes.passed : exitCodes.incomplete;
};

const generateUntilInterrupted = async (
  { kb, llm, timeout, quiet: _quiet, ...options }: GenerateCommandOptions,
  effects: CliEffects,
  onProgress: (line: string) => void,
): Promise<GeneratedRules> => {
  const interruption = effects.interruption();
  const wanted = { ...options, ...(llm !== true && { llm }), documents: kb, timeoutMs: timeoutMs(timeout), onProgress };
  try {
    return await generateRules(wanted, { ...effects, signal: interruption.signal });
  } finally {
    interruption.release();
  }
};

const summary = (generated: GeneratedRules, options: GenerateCommandOptions): readonly string[] => {
  const { rules, leftOut, notes } = generated;
  return [
    ...notes.map((note) => `note: ${visible(note)}`),
    `${count(rules.length, 'rule')} drafted, ${leftOut.length} left out${leftOut.length > 0 ? ':' : ''}`,
    ...leftOut.map(({ what, reason }) => `  ${visible(what)}: ${visible(reason)}`),
    ...violatedLines(generated),
    ...spending(generated),
    ...outputLines(generated, options),
  ];
};

const violatedLines = ({ violated }: GeneratedRules): readonly string[] =>
  violated.length === 0 ? [] : [`Of status draft, because the data violates them today: ${violated.join(', ')}`];

const spending = ({ spent }: GeneratedRules): readonly string[] => {
  if (spent === null) return [];
  const { calls, inputTokens, outputTokens, costUsd } = spent;
  const cost = costUsd === null ? 'cost unknown' : dollars(costUsd);
  return [`${count(calls, 'model call')}, ${inputTokens} + ${outputTokens} tokens, ${cost}`];
};

const outputLines = ({ rules }: GeneratedRules, { output, db }: GenerateCommandOptions): readonly string[] => {
  if (output === undefined) return [];
  if (rules.length === 0) return ['Nothing was written.'];
  return [`Written to ${output}. Try them: aegis run ${output}${db === undefined ? '' : ` --db ${db}`}`];
};
