import type { RunFacts } from '../../graph/observed.js';
import type { DatasetColumn, DatasetKind, QualifiedName } from '../../graph/types.js';
import { type DatasetName, locatedName } from '../../names/dataset-name.js';
import type { ImportTarget } from '../import-target.js';
import { facet, identifierOf, symlinks } from '../openlineage/facets.js';
import { parserNameOf } from '../parser-names.js';
import { instantOf, isRecord, type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { importColumns } from './import-columns.js';

/** Answers of Marquez's API: a lineage graph, a page of datasets, a page of jobs. */
export const isMarquez = (value: unknown): value is JsonRecord =>
  isRecord(value) && ['graph', 'datasets', 'jobs'].some((key) => Array.isArray(value[key]));

/** Takes one answer of Marquez's API into the graph. */
export const importMarquez = (answer: JsonRecord, place: string, target: ImportTarget): void => {
  for (const [index, node] of listOf(answer.graph).entries())
    importNode(recordOf(node), `${place} node ${index + 1}`, target);
  for (const [index, dataset] of listOf(answer.datasets).entries())
    importDataset(recordOf(dataset), `${place} dataset ${index + 1}`, target);
  for (const [index, job] of listOf(answer.jobs).entries())
    importJob(recordOf(job), `${place} job ${index + 1}`, target);
};

const importNode = (node: JsonRecord, place: string, target: ImportTarget): void => {
  const type = textOf(node.type)?.toUpperCase();
  const data = { ...identityOf(node.id), ...recordOf(node.data) };
  if (type === 'DATASET') importDataset(data, place, target);
  else if (type === 'JOB') importJob(data, place, target, edgesOf(node));
  else if (type === 'DATASET_FIELD') importColumns(target, [data], place);
  else target.builder.problems.problem(place, `a node of the type ${type ?? 'none'} is not known`);
};

/** `dataset:namespace:name`; a name holds no colon, a namespace may. */
const identityOf = (id: unknown, wanted = /^(?:dataset|job)$/): JsonRecord => {
  const [, type = '', namespace, name] = /^(\w+):(.*):([^:]*)$/s.exec(textOf(id) ?? '') ?? [];
  return wanted.test(type) ? { namespace, name } : {};
};

/** The datasets of a job, as whatever tells of it names them. */
interface Edges {
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
}

const edgesOf = ({ inEdges, outEdges }: JsonRecord): Edges => ({
  inputs: listOf(inEdges).map((edge) => identityOf(recordOf(edge).origin, /^dataset$/)),
  outputs: listOf(outEdges).map((edge) => identityOf(recordOf(edge).destination, /^dataset$/)),
});

const kinds: { readonly [type: string]: DatasetKind } = { DB_TABLE: 'table', DB_VIEW: 'view', STREAM: 'unknown' };

const importDataset = (data: JsonRecord, place: string, target: ImportTarget): void => {
  const { builder, source } = target;
  const name = qualified(data);
  if (!name) {
    builder.problems.problem(place, 'a dataset has no namespace or no name');
    return;
  }
  const facets = recordOf(data.facets);
  const at = instantOf(data.updatedAt);
  const dataset = builder.dataset(name, source, {
    ...{
      kind: kinds[textOf(data.type)?.toUpperCase() ?? ''],
      columns: fieldsOf(data),
      aliases: symlinks(facets),
      at,
    },
  });
  if (data.deleted === true || textOf(data.lastLifecycleState)?.toUpperCase() === 'DROP') builder.dropped(dataset, at);
  importColumns(
    target,
    listOf(data.columnLineage).map((field) => ({ ...recordOf(field), output: name })),
    place,
  );
};

const qualified = (data: JsonRecord): DatasetName | undefined => identifierOf(data.id) ?? identifierOf(data);

const fieldsOf = ({ fields }: JsonRecord): readonly DatasetColumn[] =>
  listOf(fields).flatMap((field) => {
    const { name, type } = recordOf(field);
    const text = textOf(name);
    return text === undefined ? [] : [{ name: text, ...(textOf(type) && { type: textOf(type) }) }];
  });

const importJob = (data: JsonRecord, place: string, { builder, source }: ImportTarget, edges?: Edges): void => {
  const id = isRecord(data.id) ? data.id : data;
  const [namespace, name] = [textOf(id.namespace), textOf(id.name)];
  if (name === undefined) {
    builder.problems.problem(place, 'a job has no name');
    return;
  }
  const dataset = (found: DatasetName): number => builder.dataset(found, source);
  const told = [...listOf(data.inputs), ...(edges?.inputs ?? [])];
  const written = [...listOf(data.outputs), ...(edges?.outputs ?? [])];
  const [inputs, outputs] = [named(told), named(written)];
  if (inputs.length + outputs.length < told.length + written.length)
    builder.problems.problem(place, 'a dataset of the job has no namespace or no name');
  builder.operation({
    ...{ namespace: namespace ?? '', name, kind: 'job', origin: 'marquez' },
    ...{ inputs: inputs.map(dataset), outputs: outputs.map(dataset) },
    ...sqlOf(data, [...outputs, ...inputs]),
    ...{ run: runOf(recordOf(data.latestRun)), parent: parentOf(data) },
  });
};

const named = (list: readonly unknown[]): readonly DatasetName[] => list.flatMap((each) => identifierOf(each) ?? []);

const sqlOf = (
  data: JsonRecord,
  datasets: readonly DatasetName[],
): { readonly sql?: string; readonly parserName?: string } => {
  const { query, dialect } = facet(recordOf(data.facets), 'sql');
  const sql = textOf(query) ?? textOf(recordOf(data.context).sql);
  const parserName = parserNameOf(textOf(dialect)) ?? parserNameOf(datasets[0]?.engine);
  return sql === undefined ? {} : { sql, ...(parserName !== undefined && { parserName }) };
};

const states: { readonly [state: string]: RunFacts['status'] } = {
  NEW: 'running',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  ABORTED: 'failed',
};

const runOf = (run: JsonRecord): RunFacts | undefined => {
  const runId = textOf(run.id);
  if (runId === undefined) return undefined;
  const at = instantOf(run.endedAt) ?? instantOf(run.startedAt) ?? instantOf(run.updatedAt);
  return { runId, at, status: states[textOf(run.state)?.toUpperCase() ?? ''] ?? 'unknown' };
};

const parentOf = (data: JsonRecord): QualifiedName | undefined => {
  const name = textOf(data.parentJobName);
  return name === undefined ? undefined : { namespace: textOf(data.namespace) ?? '', name };
};

export const columnSource = ({ namespace, dataset, name }: JsonRecord): DatasetName | undefined => {
  const [place, text] = [textOf(namespace), textOf(dataset) ?? textOf(name)];
  return place === undefined || text === undefined ? undefined : locatedName(place, text);
};
