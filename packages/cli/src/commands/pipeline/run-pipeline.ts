import { type PipelineFilesOptions, runPipelineFiles } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { timeoutMs } from '../shared-options.js';
import { pipelineJson, renderStatement, renderSummary } from './render-pipeline.js';

export interface PipelineCommandOptions extends Omit<PipelineFilesOptions, 'timeoutMs' | 'onStatement'> {
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly json?: boolean | undefined;
}

export const runPipelineCommand: RunCommand<PipelineCommandOptions> = async (
  { timeout, json, ...options },
  effects,
) => {
  const interruption = effects.interruption();
  try {
    const finished = await runPipelineFiles(
      {
        ...{ ...options, timeoutMs: timeoutMs(timeout) },
        onStatement: (outcome) => {
          if (!json) effects.stdout.write(`${renderStatement(outcome)}\n`);
        },
      },
      { ...effects, signal: interruption.signal },
    );
    for (const note of finished.notes) effects.stderr.write(`${effects.secrets.scrub(note)}\n`);
    effects.stdout.write(json ? `${JSON.stringify(pipelineJson(finished), null, 2)}\n` : renderSummary(finished));
    return finished.status === 'completed' ? exitCodes.passed : exitCodes.incomplete;
  } finally {
    interruption.release();
  }
};
