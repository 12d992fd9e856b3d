import type { RunPorts } from '../ports.js';
import type { FinishedTask, RunState } from '../run-state.js';
import { explainingSteps } from '../steps.js';
import { keep } from './keep.js';

/** Compares sources with targets, every pair at once, and explains its failures like any other. */
export const reconcile = async (ports: RunPorts): Promise<Pick<RunState, 'outcomes'>> => {
  const finished = await Promise.all(
    ports.plan.reconcile.map(async (rule): Promise<[string, FinishedTask]> => {
      const outcome = await ports.executeReconcile(rule);
      await ports.journal.recordMeasurements(outcome.measurements);
      let results = outcome.results;
      for (const step of explainingSteps(ports.narrator)) results = await step.run(results, ports);
      const kept = keep(results, ports);
      return [
        `reconcile:${rule.id}`,
        { results: kept, statements: outcome.statements, bytesScanned: outcome.bytesScanned },
      ];
    }),
  );
  return { outcomes: Object.fromEntries(finished) };
};
