import { type FinishedRun, finishRun, type RunOptions, renderAs, runRules } from '@aegis/project';
import type { ReportFormat } from '@aegis/project/program';
import type { RunEvent } from '@aegis/spec';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { showError } from '../../error-display.js';
import { exitCodes } from '../../exit-codes.js';
import { createProgress } from '../../progress/create-progress.js';
import { terminalOf } from '../../render/terminal.js';
import { timeoutMs } from '../shared-options.js';

export interface RunCommandOptions extends Omit<RunOptions, 'timeoutMs' | 'outputs' | 'llm'> {
  /** `false` is --no-llm; `true` is what commander gives when neither flag was set. */
  readonly llm?: string | boolean | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly outputJson?: string | undefined;
  readonly format?: ReportFormat | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

export const runRun: RunCommand<RunCommandOptions> = async (options, effects) => {
  const said = new Set<string>();
  const finished = await runToEnd(options, effects, said);
  effects.stdout.write(await resultText(options, effects, finished, said));
  if (finished.isResumable && !options.quiet) {
    effects.stderr.write(`To continue this run, add --resume ${finished.report.run_id}\n`);
  }
  for (const error of finished.unwritten) showError(error, effects);
  return finished.unwritten.length > 0 ? exitCodes.incomplete : finished.exitCode;
};

const runToEnd = async (options: RunCommandOptions, effects: CliEffects, said: Set<string>): Promise<FinishedRun> => {
  const interruption = effects.interruption();
  const progress = createProgress(options, effects);
  const show = (event: RunEvent): void => {
    if (event.type === 'note') said.add(event.message);
    progress.show(event);
  };
  try {
    return await finishRun(runRules(runOptions(options), { ...effects, signal: interruption.signal }), show);
  } finally {
    progress.end();
    interruption.release();
  }
};

const runOptions = ({ llm, timeout, outputJson, ...options }: RunCommandOptions): RunOptions => ({
  ...options,
  ...(llm !== true && { llm }),
  timeoutMs: timeoutMs(timeout),
  outputs: outputJson === undefined ? [] : [{ path: outputJson, format: 'json' }],
});

/** Machines get what was stored, people what they asked to see, without the notes that they have read already. */
const resultText = (
  { format = 'terminal', quiet, color }: RunCommandOptions,
  effects: CliEffects,
  { report, shown }: FinishedRun,
  said: ReadonlySet<string>,
): Promise<string> => {
  if (format !== 'terminal') return renderAs(format, report);
  const notes = quiet ? shown.notes : shown.notes.filter((note) => !said.has(note));
  return renderAs(format, { ...shown, notes }, terminalOf({ color }, effects));
};
