import type { Lineage, LineageTrace, TracedColumnEdge, TracedDataset, TracedOperation } from '@aegis/spec';
import type { Fault } from '../faults/fault.js';
import type { OutputColumn, Pipeline, Select, Step } from '../pipeline/pipeline.js';
import type { RanStatement } from './lab.js';

/** What the graph would tell of a pipeline as it ran. */
export const lineageOf = (pipeline: Pipeline, statements: readonly RanStatement[], fault?: Fault): Lineage => {
  const broken = fault?.onStep;
  const steps = pipeline.steps.map((step) => (broken?.step && step.output === broken.output ? broken.step : step));
  const graph = { ...pipeline, steps };
  const trace = (table: string) => Promise.resolve(traceOf(graph, statements, table));
  const names = async (table: string) => (await trace(table))?.datasets.slice(1).map(({ name }) => name) ?? [];
  return { downstream: async (table) => downstreamOf(graph, table), upstream: names, trace };
};

const inputsOf = ({ selects }: Step): readonly string[] => [
  ...new Set(selects.flatMap(({ from, joins }) => [from, ...joins.map(({ table }) => table)])),
];

const downstreamOf = ({ steps }: Pipeline, table: string): readonly string[] => {
  const found = new Set([table]);
  for (const step of steps) if (inputsOf(step).some((input) => found.has(input))) found.add(step.output);
  found.delete(table);
  return [...found];
};

const traceOf = (pipeline: Pipeline, statements: readonly RanStatement[], target: string): LineageTrace | undefined => {
  const datasets = ancestorsOf(pipeline, target);
  if (datasets.length === 0) return undefined;
  const operations = statements.flatMap((statement, index) => operationOf(pipeline, statement, index));
  const wanted = operations.filter(({ output }) => datasets.some(({ id }) => id === output));
  const columns = wanted.flatMap((operation) => {
    const step = pipeline.steps.find(({ output }) => output === operation.output);
    return step ? edgesOf(step, operation.id) : [];
  });
  return { target, datasets, operations: wanted, columns, gaps: [] };
};

const ancestorsOf = ({ sources, steps }: Pipeline, target: string): readonly TracedDataset[] => {
  const found = new Map([[target, 0]]);
  for (const [name, distance] of found)
    for (const input of inputsOf(steps.find(({ output }) => output === name) ?? ({ selects: [] } as never)))
      if (!found.has(input)) found.set(input, distance + 1);
  const columnsOf = new Map<string, readonly string[]>([
    ...sources.map(({ table, columns }) => [table, columns.map(({ name }) => name)] as const),
    ...steps.map(({ output, selects }) => [output, selects[0]?.columns.map(({ name }) => name) ?? []] as const),
  ]);
  if (!columnsOf.has(target)) return [];
  return [...found].map(([name, distance]) => ({
    ...{ id: name, name, table: { kind: 'named', parts: name.split('.') }, distance, isDropped: false },
    ...{ kind: steps.find(({ output }) => output === name)?.form === 'view' ? 'view' : 'table' },
    columns: columnsOf.get(name) ?? [],
  }));
};

const operationOf = (
  pipeline: Pipeline,
  { sql, output, ranAt }: RanStatement,
  index: number,
): readonly TracedOperation[] => {
  const step = pipeline.steps.find((each) => each.output === output);
  const kind = sql.startsWith('INSERT') ? 'insert' : sql.startsWith('CREATE VIEW') ? 'create_view' : 'create_table_as';
  if (!step) return [];
  return [
    {
      ...{ id: `statement ${index}`, kind, name: `${kind} ${output}`, output, inputs: inputsOf(step) },
      ...{ sql, parserName: 'duckdb', ranAt, rowsWritten: null },
    },
  ];
};

const edgesOf = (step: Step, operation: string): readonly TracedColumnEdge[] =>
  step.selects.flatMap((select) => [
    ...select.columns.flatMap((column) => columnEdges(step, select, column, operation)),
    ...wholeRows(step, select, operation),
  ]);

const columnEdges = (
  step: Step,
  select: Select,
  { name, sql }: OutputColumn,
  operation: string,
): readonly TracedColumnEdge[] => {
  const isIdentity = /^\w+\.\w+$/.test(sql);
  const isAggregate = /^(COALESCE\()?(sum|avg|max|min|count)\(/.test(sql) && !sql.includes(' OVER ');
  return referencesIn(select, sql).map((from) => ({
    ...{ from, to: { dataset: step.output, column: name }, type: 'DIRECT', operation, expression: sql },
    subtype: isIdentity ? 'IDENTITY' : isAggregate ? 'AGGREGATION' : 'TRANSFORMATION',
  }));
};

const wholeRows = (step: Step, select: Select, operation: string): readonly TracedColumnEdge[] => {
  const edges = (expression: string, subtype: TracedColumnEdge['subtype']) =>
    referencesIn(select, expression).map((from) => ({
      ...{
        from,
        to: { dataset: step.output, column: null },
        type: 'INDIRECT' as const,
        subtype,
        expression,
        operation,
      },
    }));
  return [
    ...select.joins.flatMap(({ on }) => edges(on.map((pair) => pair.join(' = ')).join(' AND '), 'JOIN')),
    ...select.where.flatMap((condition) => edges(condition, 'FILTER')),
    ...select.groupBy.flatMap((expression) => edges(expression, 'GROUP_BY')),
  ];
};

const referencesIn = (select: Select, sql: string) => {
  const tables = new Map([
    [select.alias, select.from],
    ...select.joins.map(({ alias, table }) => [alias, table] as const),
  ]);
  const found = new Map<string, { readonly dataset: string; readonly column: string }>();
  for (const [text, alias = '', column = ''] of sql.matchAll(/\b([a-z]\w*)\.([a-z]\w*)\b/g)) {
    const dataset = tables.get(alias);
    if (dataset !== undefined) found.set(text, { dataset, column });
  }
  return [...found.values()];
};
