import type { JsonObject, Measurement } from '@aegis/spec';
import type { RunPorts } from '../ports.js';

const byRun = new WeakMap<RunPorts, Map<string, JsonObject>>();

/** Keeps in this process what rules measured: evidence is looked for with it. */
export const rememberMeasured = (measurements: readonly Measurement[], ports: RunPorts): void => {
  const known = byRun.get(ports) ?? new Map<string, JsonObject>();
  byRun.set(ports, known);
  for (const { ruleId, state } of measurements) known.set(ruleId, state);
};

export const measuredBy = (ruleId: string, ports: RunPorts): JsonObject => byRun.get(ports)?.get(ruleId) ?? {};
