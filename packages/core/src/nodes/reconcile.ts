import type { Rule } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { FinishedTask, RunState } from '../run-state.js';
import { explainingSteps } from '../steps.js';
import { remembered } from './execute.js';
import { assertNotCut, keep } from './keep.js';

/** Compares sources with targets, every pair at once, and explains its failures like any other. */
export const reconcile = async (ports: RunPorts): Promise<Pick<RunState, 'outcomes'>> => {
  const finished = await Promise.all(ports.plan.reconcile.map((rule) => reconcileOne(rule, ports)));
  return { outcomes: Object.fromEntries(finished) };
};

const reconcileOne = async (rule: Rule, ports: RunPorts): Promise<readonly [string, FinishedTask]> => {
  const { results: judged, statements, bytesScanned } = await remembered(await ports.executeReconcile(rule), ports);
  let results = judged;
  for (const step of explainingSteps(ports.narrator)) results = await step.run(results, ports);
  const found = { results, statements, bytesScanned };
  const finished = keep(`reconcile:${rule.id}`, found, ports);
  assertNotCut(found, ports);
  return [`reconcile:${rule.id}`, finished];
};
