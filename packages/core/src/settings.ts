import type { ExecuteOptions } from '@aegis/engine';
import { createRegistry, type RuleTypeRegistry, ruleTypes } from '@aegis/rules';
import { ConfigError, PlanError, type RuleResult, type RunEvent } from '@aegis/spec';
import type { Fingerprint } from './fingerprint.js';
import type { BaselinePolicy, PipelineOptions, SeverityPolicy } from './pipeline-types.js';

export const typesOf = ({ types }: PipelineOptions): RuleTypeRegistry => types ?? createRegistry(ruleTypes);

export const severityOf = ({ severity }: PipelineOptions): SeverityPolicy => ({
  escalateAbovePercent: severity?.escalateAbovePercent ?? 5,
  blastRadius: severity?.blastRadius ?? 5,
});

/** Off where a baseline could not be read again. */
export const baselineOf = ({ baseline, history }: PipelineOptions): BaselinePolicy => ({
  mode: history ? (baseline?.mode ?? 'auto') : 'off',
  mayKeep: baseline?.mayKeep ?? (() => true),
  timeoutMs: baseline?.timeoutMs ?? 60_000,
});

/** The clock and the zone: as given, else as the run to continue had them, else now and UTC. */
export const clockOf = (
  { now, timezone }: PipelineOptions,
  continued: Fingerprint | undefined,
): Pick<Fingerprint, 'now' | 'timezone'> => ({
  now: now === undefined ? (continued?.now ?? new Date().toISOString()) : instantOf(now),
  timezone: zoneOf(timezone ?? continued?.timezone ?? 'UTC'),
});

const instantOf = (text: string): string => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new ConfigError('usage', `"${text}" is not a timestamp`, { hint: 'Write it like 2026-01-15T12:00:00Z.' });
};

const zoneOf = (zone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new ConfigError('usage', `"${zone}" is not a time zone`, {
      hint: 'Write it like Europe/Berlin or UTC.',
      cause,
    });
  }
};

export const executeOptionsOf = (
  runId: string,
  clock: Pick<Fingerprint, 'now' | 'timezone'>,
  options: PipelineOptions,
  emit: (event: RunEvent) => void,
): Omit<ExecuteOptions, 'catalogs'> => ({
  ...clock,
  runId,
  types: typesOf(options),
  project: options.project ?? 'default',
  sampleRows: options.sampleRows ?? 5,
  passingRows: options.narrator ? Math.min(options.sampleRows ?? 5, mostPassingRows) : 0,
  timeoutMs: options.timeoutMs,
  signal: options.signal,
  history: options.history,
  onEvent: emit,
  loadGuard: options.loadGuard ?? noGuard,
});

/** Rows that satisfy a failing rule, shown to a model beside those that do not. */
const mostPassingRows = 3;

export const noGuard = async () => {
  throw new PlanError('unsupported', 'there is SQL to check, and no guard was given for it', {
    hint: 'Pass `loadGuard` from "@aegis/sql/guard" to createPipeline.',
  });
};

/** Rows of tables are not written to checkpoints. */
export const redactOf = ({ redact, checkpoints }: PipelineOptions): ((result: RuleResult) => RuleResult) =>
  redact ?? (checkpoints ? (result) => ({ ...result, sample: [] }) : (result) => result);
