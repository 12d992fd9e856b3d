import type { Report } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { modelRunReport } from '../history/model-run-report.js';
import type { RunJournal } from '../history/run-journal.js';
import type { Drafted } from './drafting.js';
import type { GenerateRequest } from './generate-request.js';

/** The run of the audit trail that a drafting is. */
export interface GenerateRecord {
  /** Does the work within the run, which is finished also when the work fails. */
  keep<Result>(work: () => Promise<Result>): Promise<Result>;
  finish(status: Report['status'], drafted: Drafted): Promise<void>;
}

export const openRecord = (
  request: GenerateRequest,
  journal: RunJournal,
  runId: string,
  effects: Effects,
): GenerateRecord => {
  const startedAt = effects.now();
  const finish = (status: Report['status'], drafted?: Drafted) =>
    journal.finish(reportOf(request, drafted, { runId, status, startedAt, finishedAt: effects.now() }));
  return {
    finish,
    keep: async (work) => {
      await journal.start(startOf(request, runId, startedAt));
      try {
        return await work();
      } catch (error) {
        await finish(effects.signal?.aborted ? 'cancelled' : 'incomplete');
        throw error;
      }
    },
  };
};

const startOf = ({ names, options, runtime }: GenerateRequest, runId: string, startedAt: Date) => ({
  runId,
  kind: 'generate' as const,
  startedAt: startedAt.toISOString(),
  rulesFiles: options.output === undefined ? [] : [options.output],
  warehouse: names.defaultName,
  llm: runtime ? `${runtime.provider}/${runtime.model}` : null,
});

interface Ending {
  readonly runId: string;
  readonly status: Report['status'];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

const reportOf = ({ names, options, runtime }: GenerateRequest, drafted: Drafted | undefined, ending: Ending): Report =>
  modelRunReport({
    ...ending,
    now: ending.startedAt.toISOString(),
    output: options.output,
    warehouse: names.defaultName,
    llm: runtime ? { provider: runtime.provider, model: runtime.model } : null,
    results: drafted?.chosen.map(({ result }) => result) ?? [],
    statements: drafted?.statements ?? 0,
    bytesScanned: drafted?.bytesScanned ?? null,
    spent: runtime?.spent() ?? null,
    notes: drafted?.leftOut.map(({ what, reason }) => `Left out: ${what}: ${reason}`) ?? [],
  });
