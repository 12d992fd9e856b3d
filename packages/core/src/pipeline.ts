import { Readable } from 'node:stream';
import { AegisError, PlanError, type Report, type RunEvent } from '@aegis/spec';
import type { Pipeline, PipelineOptions } from './pipeline-types.js';
import { planTables } from './plan-tables.js';
import { runPipeline } from './run.js';
import { newRunId } from './run-id.js';

/**
 * A run that is ready to start. Nothing is opened, read or loaded before `plan`, `stream` or `run` is called; LangGraph
 * is loaded by a run only, while its first statements are under way.
 */
export const createPipeline = (options: PipelineOptions): Pipeline => {
  const runId = options.runId ?? newRunId();
  const stream = () => streamEvents(runId, options);
  return { runId, stream, plan: () => planTables(runId, options), run: () => lastReport(stream()) };
};

/** Events as they happen. Leaving the loop early aborts the run; an error that ends the run ends the loop. */
const streamEvents = (runId: string, options: PipelineOptions): AsyncIterable<RunEvent> => {
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  const events = new Readable({ objectMode: true, read: () => undefined });
  events.on('close', () => left.abort());
  const emit = (event: RunEvent) => {
    if (!events.destroyed) events.push(event);
  };
  runPipeline(runId, { ...options, signal }, emit).then(
    () => events.push(null),
    (error: unknown) => events.destroy(error instanceof Error ? error : new AegisError('plan/internal', String(error))),
  );
  return events;
};

const lastReport = async (events: AsyncIterable<RunEvent>): Promise<Report> => {
  let report: Report | undefined;
  for await (const event of events) if (event.type === 'run_finished') report = event.report;
  if (!report) throw new PlanError('internal', 'the run ended without a report');
  return report;
};
