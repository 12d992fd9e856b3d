import type { JsonObject, Report, RuleResult } from '@aegis/spec';
import type { LineageGraph } from '../../graph/lineage-graph.js';
import type { QualifiedName } from '../../graph/types.js';
import { eventSchema, facetOf, type InputDataset, type OpenLineageEvent, producer } from './event.js';
import { assertionsFacet, metricsFacet, testFacet } from './quality-facets.js';
import { columnLineageFacet, schemaFacet } from './table-facets.js';
import { tableIdentity } from './table-identity.js';
import { uuidOf } from './uuid.js';

/** A run of something else, e.g. a scheduler's task. */
export interface ParentRun extends QualifiedName {
  /** A UUID. */
  readonly runId: string;
}

export interface RunEventOptions {
  /** Of the job that a run of Aegis is. Default: `aegis`. */
  readonly namespace?: string | undefined;
  /** What the run is a part of. */
  readonly parent?: ParentRun | undefined;
  /** Says what the tables are called elsewhere, what columns they have and what those are made from. */
  readonly graph?: LineageGraph | undefined;
  /** The namespaces of configured warehouses: `{ main: 'postgres://db:5432' }`. */
  readonly namespaces?: { readonly [warehouse: string]: string } | undefined;
}

/** What is told when a run begins. */
export const runStarted = (
  { runId, startedAt }: { readonly runId: string; readonly startedAt: string },
  options: RunEventOptions = {},
): OpenLineageEvent => event('START', startedAt, runOf(runId, options), []);

/**
 * What is told when a run has ended: a run for each table, with its rules as assertions, and the end of the run that they
 * are part of. Counts and limits are told, values of rows never.
 */
export const runFinished = (report: Report, options: RunEventOptions = {}): readonly OpenLineageEvent[] => [
  ...[...Map.groupBy(report.results, tableKey).values()].flatMap((results) => tableEvents(results, report, options)),
  event(endOf(report), report.finished_at, runOf(report.run_id, options), []),
];

const tableKey = ({ warehouse, table }: RuleResult): string => `${warehouse}\n${table}`;

const tableEvents = (
  results: readonly RuleResult[],
  report: Report,
  options: RunEventOptions,
): readonly OpenLineageEvent[] => {
  const [first] = results;
  if (!first) return [];
  const input = inputOf(first, results, options);
  const run = tableRun(first, results, report, options);
  return [
    event('START', report.started_at, { ...run, facets: { parent: run.facets.parent ?? {} } }, []),
    event(endOf(report), report.finished_at, run, [input]),
  ];
};

const endOf = ({ status }: Report): OpenLineageEvent['eventType'] => {
  if (status === 'completed') return 'COMPLETE';
  return status === 'cancelled' ? 'ABORT' : 'FAIL';
};

const inputOf = (
  result: RuleResult,
  results: readonly RuleResult[],
  { graph, namespaces = {} }: RunEventOptions,
): InputDataset => {
  const { dataset, ...identity } = tableIdentity(result, graph, namespaces);
  return {
    ...identity,
    facets: dataset && graph ? { ...schemaFacet(dataset), ...columnLineageFacet(dataset, graph) } : {},
    inputFacets: { ...assertionsFacet(results), ...metricsFacet(results) },
  };
};

interface ToldRun {
  readonly runId: string;
  readonly job: QualifiedName;
  readonly facets: JsonObject;
}

const jobName = 'aegis run';

const runOf = (runId: string, { namespace = 'aegis', parent }: RunEventOptions): ToldRun => ({
  runId: uuidOf(runId),
  job: { namespace, name: jobName },
  facets: parent ? parentFacet(parent) : {},
});

const tableRun = (
  { warehouse, table }: RuleResult,
  results: readonly RuleResult[],
  report: Report,
  { namespace = 'aegis' }: RunEventOptions,
): ToldRun => ({
  runId: uuidOf(`${report.run_id}\n${warehouse}\n${table}`),
  job: { namespace, name: `${jobName}.${table}` },
  facets: {
    ...parentFacet({ namespace, name: jobName, runId: uuidOf(report.run_id) }),
    ...testFacet(results),
  },
});

const parentFacet = ({ namespace, name, runId }: ParentRun): JsonObject => ({
  parent: facetOf('1-1-0/ParentRunFacet', { run: { runId }, job: { namespace, name } }),
});

const event = (
  eventType: OpenLineageEvent['eventType'],
  eventTime: string,
  { runId, job, facets }: ToldRun,
  inputs: readonly InputDataset[],
): OpenLineageEvent => ({
  ...{ eventType, eventTime, run: { runId, facets } },
  job: {
    ...job,
    facets: {
      jobType: facetOf('2-0-3/JobTypeJobFacet', { processingType: 'BATCH', integration: 'AEGIS', jobType: 'TEST' }),
    },
  },
  ...{ inputs, outputs: [], producer, schemaURL: eventSchema },
});
