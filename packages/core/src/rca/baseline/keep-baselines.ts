import { displayTableName } from '@aegis/rules';
import { isAegisError, type Measurement, type TracedDataset } from '@aegis/spec';
import { messageOf } from '../../message-of.js';
import type { RunPorts } from '../../ports.js';
import type { RunState } from '../../run-state.js';
import { Lab } from '../lab.js';
import { addDays } from '../survey/days.js';
import { indexTrace, type TraceIndex } from '../trace-index.js';
import { baselineKey, baselineRuleId } from './baseline-key.js';
import { baselineState, type Group, isSlowState, mergedGroups, slowState } from './profile.js';
import { profileQuery } from './profile-query.js';
import { ordinaryChanges } from './table-changes.js';
import { wideColumns } from './wide-columns.js';

/** What keeping baselines cost. */
export interface KeptBaselines {
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** Good runs whose changes are taken for ordinary. */
const rememberedRuns = 10;

/**
 * Profiles the sources of all tables on which every rule holds, and keeps the figures for the day something fails. Sources
 * of a table that fails are left alone: what they were before is what they are to be compared with.
 */
export const keepBaselines = async (state: RunState, ports: RunPorts): Promise<KeptBaselines> => {
  const bounded = withTimeLimit(ports);
  const sources = await goodSources(state, bounded);
  const kept = await Promise.all(sources.map((source) => keepBaseline(source, bounded)));
  const bytes = kept.map(({ lab }) => lab.spent.bytesScanned);
  await ports.journal.recordMeasurements(kept.flatMap(({ measurement }) => measurement ?? []));
  return {
    statements: kept.reduce((sum, { lab }) => sum + lab.spent.statements, 0),
    bytesScanned: bytes.includes(null) ? null : bytes.reduce<number>((sum, each) => sum + (each ?? 0), 0),
  };
};

/** Nobody waits for what nobody asked for. */
const withTimeLimit = (ports: RunPorts): RunPorts => {
  const timeoutMs = Math.min(ports.baseline.timeoutMs, ports.options.timeoutMs ?? Number.POSITIVE_INFINITY);
  return { ...ports, options: { ...ports.options, timeoutMs } };
};

/** A source, and what it takes to ask for it. */
interface GoodSource {
  readonly dataset: TracedDataset;
  readonly lab: Lab;
}

const goodSources = async (state: RunState, ports: RunPorts): Promise<readonly GoodSource[]> => {
  const { plan, lineage } = ports;
  const traced = await Promise.all(
    plan.tables.map(async ({ rules: [rule], id, warehouse }) => {
      const trace = rule && (await lineage?.trace?.(displayTableName(rule.scope.table)));
      const index = trace && indexTrace(trace);
      if (!rule || !index) return [];
      const isGood = isGoodTask(state, id);
      return sourcesOf(index).map((dataset) => ({ dataset, isGood, lab: new Lab(ports, rule, warehouse) }));
    }),
  );
  const all = traced.flat();
  const suspected = new Set(all.filter(({ isGood }) => !isGood).map(({ dataset }) => dataset.id));
  const good = all.filter(({ dataset, lab }) => !suspected.has(dataset.id) && lab.wantsBaseline(dataset));
  return [...new Map(good.map((each) => [each.dataset.id, each])).values()];
};

const isGoodTask = ({ outcomes }: RunState, taskId: string): boolean =>
  (outcomes[taskId]?.results ?? []).every(({ outcome }) => outcome === 'pass' || outcome === 'not_applicable');

const sourcesOf = (index: TraceIndex): readonly TracedDataset[] =>
  index.datasets.filter(
    ({ id, isDropped, table }) =>
      id !== index.target.id && !isDropped && table !== null && index.parentsOf(id).length === 0,
  );

interface Kept {
  readonly lab: Lab;
  readonly measurement?: Measurement | undefined;
}

/** A source that cannot be read has no baseline of this run; that ends nothing, and is said. */
const keepBaseline = async (source: GoodSource, ports: RunPorts): Promise<Kept> => {
  const { dataset, lab } = source;
  const key = baselineKey(ports.options.project, lab.warehouseNameOf(dataset), dataset);
  if (key === undefined) return { lab };
  const keep = (state: Measurement['state']): Measurement => ({
    ...{ key, runId: ports.runId, ruleId: baselineRuleId, measuredAt: ports.options.now, state, metric: null },
  });
  try {
    if (await isLeftAlone(source, key, ports)) return { lab };
    const state = await measuredState(source, ports);
    return { lab, ...(state && { measurement: keep(state) }) };
  } catch (error) {
    ports.journal.note(`No baseline of ${dataset.name} was kept: ${messageOf(error)}`);
    const isFirst = isTimeout(error) && (await lab.baselineOf(dataset).catch(() => null)) === undefined;
    return { lab, ...(isFirst && { measurement: keep(slowState) }) };
  }
};

const isTimeout = (error: unknown): boolean => isAegisError(error) && error.code === 'warehouse/timeout';

const daysLeftAlone = 7;

/** Whether the last attempt took too long, and is not long ago. */
const isLeftAlone = async ({ dataset }: GoodSource, key: string, { options, journal }: RunPorts): Promise<boolean> => {
  const [last] = (await options.history?.measurements(key, { before: options.now, limit: 1 })) ?? [];
  if (!last || !isSlowState(last.state)) return false;
  const day = last.measuredAt.slice(0, 'YYYY-MM-DD'.length);
  const next = addDays(day, daysLeftAlone);
  if (options.now.slice(0, next.length) >= next) return false;
  journal.note(
    `No baseline of ${dataset.name} was kept: on ${day} it took too long. It is read again from ${next} on.`,
  );
  return true;
};

const measuredState = async (
  { dataset, lab }: GoodSource,
  { options }: RunPorts,
): Promise<Measurement['state'] | undefined> => {
  const before = await lab.baselineOf(dataset);
  const [description, dialect] = [await lab.describe(dataset), lab.dialectOf(dataset)];
  const wide = before ? [] : await wideColumns(dataset, lab);
  const request = { description, dialect, now: options.now, mayKeep: lab.mayKeep, before: before?.profile, wide };
  const query = profileQuery(request);
  if (!query) return undefined;
  const split = query.read(await lab.rows(dataset, query.sql, query.limit));
  const groups = mergedGroups(split.kept, split.fresh).filter(withoutSecrets(lab));
  const recent = before ? [...before.recent, ordinaryChanges(before, split)].slice(-rememberedRuns) : [];
  return baselineState({ recent, profile: { ...split.profile, groups } });
};

/** A category of which one value must not be kept says too little with the others. */
const withoutSecrets =
  ({ mayKeep }: Lab) =>
  ({ dimension, value }: Group): boolean =>
    dimension === null || mayKeep(dimension, value ?? undefined);
