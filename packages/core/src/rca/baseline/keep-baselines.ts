import { displayTableName } from '@aegis/rules';
import type { Measurement, TracedDataset } from '@aegis/spec';
import type { RunPorts } from '../../ports.js';
import type { RunState } from '../../run-state.js';
import { Lab } from '../lab.js';
import { indexTrace, type TraceIndex } from '../trace-index.js';
import { baselineKey, baselineRuleId } from './baseline-key.js';
import { baselineState, type Group, mergedGroups } from './profile.js';
import { profileQuery } from './profile-query.js';
import { ordinaryChanges } from './table-changes.js';

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
  const sources = await goodSources(state, ports);
  const kept = await Promise.all(sources.map((source) => keepBaseline(source, ports)));
  const bytes = kept.map(({ lab }) => lab.spent.bytesScanned);
  await ports.journal.recordMeasurements(kept.flatMap(({ measurement }) => measurement ?? []));
  return {
    statements: kept.reduce((sum, { lab }) => sum + lab.spent.statements, 0),
    bytesScanned: bytes.includes(null) ? null : bytes.reduce<number>((sum, each) => sum + (each ?? 0), 0),
  };
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

/** A source that cannot be read has no baseline of this run; that ends nothing. */
const keepBaseline = async ({ dataset, lab }: GoodSource, ports: RunPorts): Promise<Kept> => {
  try {
    const { runId, options } = ports;
    const key = baselineKey(options.project, lab.warehouseNameOf(dataset), dataset);
    const before = await lab.baselineOf(dataset);
    const [description, dialect] = [await lab.describe(dataset), lab.dialectOf(dataset)];
    const request = { description, dialect, now: options.now, mayKeep: lab.mayKeep, before: before?.profile };
    const query = profileQuery(request);
    if (!query || key === undefined) return { lab };
    const split = query.read(await lab.rows(dataset, query.sql, query.limit));
    const groups = mergedGroups(split.kept, split.fresh).filter(withoutSecrets(lab));
    const recent = before ? [...before.recent, ordinaryChanges(before, split)].slice(-rememberedRuns) : [];
    const state = baselineState({ recent, profile: { ...split.profile, groups } });
    return { lab, measurement: { key, runId, ruleId: baselineRuleId, measuredAt: options.now, state, metric: null } };
  } catch {
    return { lab };
  }
};

/** A category of which one value must not be kept says too little with the others. */
const withoutSecrets =
  ({ mayKeep }: Lab) =>
  ({ dimension, value }: Group): boolean =>
    dimension === null || mayKeep(dimension, value ?? undefined);
