import type { Rule } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { FinishedTask, RunState } from '../run-state.js';
import { explainingSteps } from '../steps.js';
import { remembered } from './execute.js';
import { assertNotCut, type FoundTask, keep } from './keep.js';
import { afterStep } from './spent.js';

/** Compares sources with targets, every pair at once, and explains its failures like any other. */
export const reconcile = async (ports: RunPorts): Promise<Pick<RunState, 'outcomes'>> => {
  const finished = await Promise.all(ports.plan.reconcile.map((rule) => reconcileOne(rule, ports)));
  return { outcomes: Object.fromEntries(finished) };
};

const reconcileOne = async (rule: Rule, ports: RunPorts): Promise<readonly [string, FinishedTask]> => {
  const { results, statements, bytesScanned } = await remembered(await ports.executeReconcile(rule), ports);
  let found: FoundTask = { results, statements, bytesScanned };
  for (const step of explainingSteps(ports.narrator)) found = afterStep(found, await step.run(found.results, ports));
  const finished = keep(`reconcile:${rule.id}`, found, ports);
  assertNotCut(found, ports);
  return [`reconcile:${rule.id}`, finished];
};
