import type { PipelineOptions } from '@aegis/core';
import type { Effects } from '../effects.js';
import type { RuleSet } from './rule-set.js';
import { loadGuard } from './rule-set.js';
import type { PlanOptions } from './run-options.js';

/** What planning and running have in common. */
export const pipelineOptions = (
  { project, rules, files, types, names, warehouses }: RuleSet,
  options: PlanOptions,
  { signal }: Effects,
): PipelineOptions => {
  const { severity, timezone } = project.config;
  return {
    rules,
    warehouses: warehouses.byName,
    defaultWarehouse: names.defaultName,
    project: project.name,
    rulesFiles: files,
    types,
    includeDrafts: options.includeDrafts,
    now: options.now,
    timezone,
    timeoutMs: options.timeoutMs,
    severity: {
      ...(severity.escalate_above_percent !== undefined && { escalateAbovePercent: severity.escalate_above_percent }),
      ...(severity.blast_radius !== undefined && { blastRadius: severity.blast_radius }),
    },
    loadGuard,
    signal,
  };
};
