import { isAegisError, type Measurement } from '@aegis/spec';
import { messageOf } from '../../message-of.js';
import type { RunPorts } from '../../ports.js';
import type { RunState } from '../../run-state.js';
import type { Lab } from '../lab.js';
import { addDays } from '../survey/days.js';
import { baselineKey } from './baseline-key.js';
import { type GoodTable, goodSources, goodWholeTables } from './good-tables.js';
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
 * Profiles the sources of all tables on which every rule holds, and the tables on which every rule about all of them does, and
 * keeps the figures for the day something fails. What fails, or may be the cause, is left alone: what it was before is what it
 * is to be compared with.
 */
export const keepBaselines = async (state: RunState, ports: RunPorts): Promise<KeptBaselines> => {
  const bounded = withTimeLimit(ports);
  const tables = [...(await tracedSources(state, bounded)), ...goodWholeTables(state, bounded)];
  const kept = await Promise.all(tables.map((table) => keepBaseline(table, bounded)));
  const bytes = kept.map(({ lab }) => lab.spent.bytesScanned);
  await ports.journal.recordMeasurements(kept.flatMap(({ measurement }) => measurement ?? []));
  return {
    statements: kept.reduce((sum, { lab }) => sum + lab.spent.statements, 0),
    bytesScanned: bytes.includes(null) ? null : bytes.reduce<number>((sum, each) => sum + (each ?? 0), 0),
  };
};

/** What lineage cannot tell is no reason to keep nothing. */
const tracedSources = async (state: RunState, ports: RunPorts): Promise<readonly GoodTable[]> => {
  try {
    return await goodSources(state, ports);
  } catch (error) {
    ports.journal.note(`No baseline of sources was kept: ${messageOf(error)}`);
    return [];
  }
};

/** Nobody waits for what nobody asked for. */
const withTimeLimit = (ports: RunPorts): RunPorts => {
  const timeoutMs = Math.min(ports.baseline.timeoutMs, ports.options.timeoutMs ?? Number.POSITIVE_INFINITY);
  return { ...ports, options: { ...ports.options, timeoutMs } };
};

interface Kept {
  readonly lab: Lab;
  readonly measurement?: Measurement | undefined;
}

/** A table that cannot be read has no baseline of this run; that ends nothing, and is said. */
const keepBaseline = async (good: GoodTable, ports: RunPorts): Promise<Kept> => {
  const { dataset, ruleId, lab } = good;
  const key = baselineKey(ports.options.project, lab.warehouseNameOf(dataset), dataset, ruleId);
  if (key === undefined) return { lab };
  const keep = (state: Measurement['state']): Measurement => ({
    ...{ key, runId: ports.runId, ruleId, measuredAt: ports.options.now, state, metric: null },
  });
  try {
    if (await isLeftAlone(good, key, ports)) return { lab };
    const state = await measuredState(good, ports);
    return { lab, ...(state && { measurement: keep(state) }) };
  } catch (error) {
    ports.journal.note(`No baseline of ${dataset.name} was kept: ${messageOf(error)}`);
    const isFirst = isTimeout(error) && (await lab.baselineOf(dataset, ruleId).catch(() => null)) === undefined;
    return { lab, ...(isFirst && { measurement: keep(slowState) }) };
  }
};

const isTimeout = (error: unknown): boolean => isAegisError(error) && error.code === 'warehouse/timeout';

const daysLeftAlone = 7;

/** Whether the last attempt took too long, and is not long ago. */
const isLeftAlone = async ({ dataset }: GoodTable, key: string, { options, journal }: RunPorts): Promise<boolean> => {
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
  { dataset, ruleId, lab }: GoodTable,
  { options }: RunPorts,
): Promise<Measurement['state'] | undefined> => {
  const before = await lab.baselineOf(dataset, ruleId);
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
