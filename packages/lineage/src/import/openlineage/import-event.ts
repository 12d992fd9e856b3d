import type { RunFacts } from '../../graph/observed.js';
import type { OperationKind, QualifiedName } from '../../graph/types.js';
import type { ImportTarget } from '../import-target.js';
import { parserNameOf } from '../parser-names.js';
import { instantOf, isRecord, type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { listDefect } from './defects.js';
import { EventDatasets } from './event-datasets.js';
import { type ExplicitEntry, explicitEntries } from './explicit-lineage.js';
import { facet, unknownFacets } from './facets.js';

/** What tells events from other JSON. */
export const isEvent = (value: unknown): value is JsonRecord =>
  isRecord(value) && (isRecord(value.job) || isRecord(value.run) || isRecord(value.dataset));

/**
 * Takes one OpenLineage event into the graph: a run's, a job's or a dataset's, of any version of the specification. What it
 * does not understand becomes a problem at `place`, and the rest of the event is taken all the same.
 */
export const importEvent = (event: JsonRecord, place: string, target: ImportTarget): void => {
  noteVersion(event, target);
  const at = eventTime(event, place, target);
  const datasets = new EventDatasets(target, place, at);
  if (isRecord(event.job)) importJob(event, datasets, place, target, at);
  else if (isRecord(event.dataset)) datasets.dataset(event.dataset);
  else target.builder.problems.problem(place, 'the event names no job');
  datasets.applyDrops();
};

const newestKnown = 2;

const noteVersion = ({ schemaURL }: JsonRecord, { builder, source }: ImportTarget): void => {
  const [, major] = /\/spec\/(\d+)-\d+-\d+\//.exec(textOf(schemaURL) ?? '') ?? [];
  if (major === undefined || Number(major) <= newestKnown) return;
  builder.problems.note(source, `events of version ${major} of the specification: what is new in it is not read`);
};

const eventTime = ({ eventTime: time }: JsonRecord, place: string, { builder }: ImportTarget): string | null => {
  const at = instantOf(time);
  if (at === null) builder.problems.problem(place, `the event has no time${shown(time)}; its order is not known`);
  return at;
};

const shown = (value: unknown): string => {
  const text = textOf(value);
  return text === undefined ? '' : `, but "${text.slice(0, 40)}"`;
};

const importJob = (
  event: JsonRecord,
  datasets: EventDatasets,
  place: string,
  target: ImportTarget,
  at: string | null,
): void => {
  const job = recordOf(event.job);
  const name = textOf(job.name);
  if (name === undefined) {
    target.builder.problems.problem(place, 'the job of the event has no name');
    return;
  }
  const facets = recordOf(job.facets);
  noteFacets(event, facets, target);
  for (const defect of [...listDefect(event.inputs, 'the inputs'), ...listDefect(event.outputs, 'the outputs')])
    target.builder.problems.problem(place, `${defect} of datasets`);
  const inputs = listOf(event.inputs).flatMap((input) => datasets.input(input));
  const outputs = outputsOf(event, facets, datasets, target);
  const identity = { namespace: textOf(job.namespace) ?? '', name };
  const facts = {
    ...{ kind: jobKind(facets), origin: 'openlineage' as const },
    ...sqlOf(facets, datasets),
    run: runOf(event, at, datasets, place, target),
    parent: parentOf(event),
  };
  const entries = explicitEntries(facets);
  if (entries.some(({ isWhole }) => !isWhole))
    target.builder.problems.problem(place, 'a dataset of its explicit lineage has no namespace or no name');
  if (entries.length > 0) {
    importEntries(entries, { ...identity, ...facts }, datasets, target);
    return;
  }
  const operation = target.builder.operation({
    ...{ ...jobKey(identity), ...facts },
    inputs: [...inputs, ...datasets.columnInputs(), ...datasets.renamed()],
    outputs,
  });
  datasets.addColumns(operation);
};

const outputsOf = (
  { outputs }: JsonRecord,
  facets: JsonRecord,
  datasets: EventDatasets,
  { builder, source }: ImportTarget,
): readonly number[] => {
  const listed = listOf(outputs);
  if (jobType(facets) !== 'TEST') return listed.flatMap((output) => datasets.output(output));
  if (listed.length > 0) builder.problems.note(source, 'tables that tests write their failing rows to are left out');
  return [];
};

/** Jobs of dbt are the nodes of its manifest, whatever scheduler tells of them. */
const jobKey = ({ namespace, name }: QualifiedName): QualifiedName =>
  /^(?:model|seed|snapshot)\.\w+\.[\w.]+$/.test(name) ? { namespace: 'dbt', name } : { namespace, name };

/** Explicit lineage says which inputs feed which output: each output is an operation of its own. */
const importEntries = (
  entries: readonly ExplicitEntry[],
  facts: QualifiedName & Omit<Parameters<ImportTarget['builder']['operation']>[0], 'inputs' | 'outputs'>,
  datasets: EventDatasets,
  { builder }: ImportTarget,
): void => {
  for (const { target, inputs, columns } of entries) {
    const name = entries.length === 1 || !target ? facts.name : `${facts.name} > ${target.name}`;
    const output = target ? [datasets.named(target)] : [];
    const operation = builder.operation({
      ...{ ...facts, name },
      inputs: inputs.map((input) => datasets.named(input)),
      outputs: output,
    });
    const [to] = output;
    if (to !== undefined) datasets.addEdges(to, columns, operation);
  }
};

const noteFacets = (event: JsonRecord, job: JsonRecord, { builder, source }: ImportTarget): void => {
  const run = recordOf(recordOf(event.run).facets);
  for (const name of [...unknownFacets('run', run), ...unknownFacets('job', job)])
    builder.problems.note(source, `the facet "${name}" of runs or jobs is not read`);
};

const jobType = (facets: JsonRecord): string | undefined => textOf(facet(facets, 'jobType').jobType)?.toUpperCase();

const jobKind = (facets: JsonRecord): OperationKind => {
  const type = jobType(facets);
  return type === 'MODEL' || type === 'SNAPSHOT' ? 'model' : 'job';
};

const sqlOf = (
  facets: JsonRecord,
  datasets: EventDatasets,
): { readonly sql?: string; readonly parserName?: string } => {
  const { query, dialect } = facet(facets, 'sql');
  const sql = textOf(query);
  if (sql === undefined) return {};
  const parserName = parserNameOf(textOf(dialect)) ?? parserNameOf(datasets.engine());
  return { sql, ...(parserName !== undefined && { parserName }) };
};

const statuses: { readonly [type: string]: RunFacts['status'] } = {
  START: 'running',
  RUNNING: 'running',
  COMPLETE: 'completed',
  FAIL: 'failed',
  ABORT: 'failed',
  OTHER: 'unknown',
};

const runOf = (
  event: JsonRecord,
  at: string | null,
  datasets: EventDatasets,
  place: string,
  { builder }: ImportTarget,
): RunFacts | undefined => {
  if (!isRecord(event.run)) return undefined;
  const type = textOf(event.eventType)?.toUpperCase();
  const status = type === undefined ? 'unknown' : statuses[type];
  if (status === undefined) builder.problems.note(place, `the event type "${type}" is not known`);
  const runId = textOf(event.run.runId) ?? null;
  return { runId, at, status: status ?? 'unknown', rowsWritten: datasets.rowsWritten() };
};

const parentOf = (event: JsonRecord): QualifiedName | undefined => {
  const { namespace, name } = recordOf(facet(recordOf(recordOf(event.run).facets), 'parent').job);
  const text = textOf(name);
  return text === undefined ? undefined : { namespace: textOf(namespace) ?? '', name: text };
};
