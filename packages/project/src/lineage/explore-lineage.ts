import type {
  ColumnReference,
  Impacted,
  ImportProblem,
  JoinedDataset,
  LineageGraph,
  TreeNode,
  TreeOptions,
  WalkOptions,
} from '@aegis/lineage';
import { ConfigError, LineageError } from '@aegis/spec';
import { type LoadProjectOptions, loadProject } from '../config/project.js';
import type { Effects } from '../effects.js';
import type { HistoryFlags } from '../history/open-history.js';
import { type LineageFlags, loadLineage } from '../ports/lineage.js';
import { didYouMean } from '../suggest.js';
import { type WarehouseFlags, warehouseNames } from '../warehouses/warehouse-names.js';

export interface ExploreOptions
  extends LineageFlags,
    HistoryFlags,
    LoadProjectOptions,
    Pick<WarehouseFlags, 'warehouse'> {}

export interface ExploredLineage {
  readonly graph: LineageGraph;
  /** Sources that could not be read at all. */
  readonly unreadable: readonly string[];
  /** What importers have to say, notes included. */
  readonly problems: readonly ImportProblem[];
  readonly tree: (id: string, direction: 'upstream' | 'downstream', options: TreeOptions) => TreeNode | undefined;
  readonly columnImpact: (start: ColumnReference, options: WalkOptions) => readonly Impacted[];
  /** The datasets of `part`, or all of them, as text in the language of a program that draws or reads them. */
  readonly diagram: (format: DiagramFormat, part?: ReadonlySet<string>) => string;
}

export type DiagramFormat = 'mermaid' | 'dot' | 'json';

/** The lineage graph of the flags or of aegis.yaml. @throws ConfigError `usage` where neither names a source */
export const exploreLineage = async (options: ExploreOptions, effects: Effects): Promise<ExploredLineage> => {
  const project = await loadProject(options, effects);
  const names = warehouseNames(project, options, effects.cwd);
  const library = await import('@aegis/lineage');
  const parserName = library.parserNameOf(names.find(names.defaultName).type);
  const opened = await loadLineage(
    { lineage: options.lineage, history: options.history, parserName },
    project,
    effects,
  );
  if (opened) return { unreadable: opened.unreadable, ...views(opened.graph, library) };
  throw new ConfigError('usage', 'no source of lineage was named', {
    hint: 'Add --lineage with a file, a folder, a URL or oplog (what aegis pipeline run recorded), or set lineage in aegis.yaml.',
  });
};

const views = (
  graph: LineageGraph,
  { columnImpact, graphToJson, lineageTree, toDot, toMermaid }: typeof import('@aegis/lineage'),
): Omit<ExploredLineage, 'unreadable'> => {
  const diagrams: { readonly [format in DiagramFormat]: (part?: ReadonlySet<string>) => string } = {
    mermaid: (part) => toMermaid(graph, part),
    dot: (part) => toDot(graph, part),
    json: (part) => `${JSON.stringify(graphToJson(graph, part), null, 2)}\n`,
  };
  return {
    ...{ graph, problems: graph.problems, diagram: (format, part) => diagrams[format](part) },
    tree: (id, direction, options) => lineageTree(graph, id, direction, options),
    columnImpact: (start, options) => columnImpact(graph, start, options),
  };
};

export interface LineageTarget {
  readonly dataset: JoinedDataset;
  readonly column?: string | undefined;
}

/** @throws LineageError `not-found` with the nearest name, `ambiguous-name` with the candidates */
export const findDataset = (graph: LineageGraph, name: string): JoinedDataset => {
  const found = lookUp(graph, name);
  if (found) return found;
  throw unknownTable(graph, name);
};

/** A table, or a column of one as `table.column`. @throws LineageError `not-found`, `ambiguous-name` */
export const findTarget = (graph: LineageGraph, text: string): LineageTarget => {
  const whole = lookUp(graph, text);
  if (whole) return { dataset: whole };
  const [, table, column] = /^(.+)\.("(?:[^"]|"")+"|[^."]+)$/s.exec(text) ?? [];
  const dataset = table === undefined ? undefined : lookUp(graph, table);
  if (!dataset || column === undefined) throw unknownTable(graph, text);
  return { dataset, column: findColumn(graph, dataset, column.replace(/^"|"$/g, '').replaceAll('""', '"')) };
};

const lookUp = (graph: LineageGraph, name: string): JoinedDataset | undefined => {
  const found = graph.resolve(name);
  if (found.kind === 'found') return found.dataset;
  if (found.kind === 'unknown') return undefined;
  const candidates = found.candidates.map(({ id }) => id);
  throw new LineageError('ambiguous-name', `"${name}" could be any of several datasets`, {
    hint: `Name one of them: ${candidates.slice(0, 5).join(', ')}${candidates.length > 5 ? ', …' : ''}.`,
  });
};

const unknownTable = (graph: LineageGraph, name: string): LineageError => {
  const known = graph.datasets.flatMap(({ id, name: own }) => [graph.shortName(id), own]);
  return new LineageError('not-found', `lineage knows no table "${name}"`, {
    hint: didYouMean(name, known, 'aegis lineage show lists what it knows.'),
  });
};

/** Any name, where no source tells of a column of the dataset. */
const findColumn = (graph: LineageGraph, dataset: JoinedDataset, name: string): string => {
  const { id } = dataset;
  const known = knownColumns(graph, dataset);
  if (known.length === 0) return name;
  const found =
    known.find((column) => column === name) ?? known.find((column) => column.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new LineageError('not-found', `lineage knows no column "${name}" of ${graph.shortName(id)}`, {
    hint: didYouMean(name, known, `It knows: ${[...new Set(known)].slice(0, 20).join(', ')}.`),
  });
};

const knownColumns = (graph: LineageGraph, { id, columns }: JoinedDataset): readonly string[] => [
  ...columns.map((column) => column.name),
  ...graph.columnEdgesFrom(id).map(({ from }) => from.column),
  ...graph.columnEdgesInto(id).flatMap(({ to }) => to.column ?? []),
];
