import { caseTwins } from '../names/case-twins.js';
import { type DatasetName, fullName, nameKey, parseDatasetName } from '../names/dataset-name.js';
import { mergeNames } from '../names/merge-names.js';
import { byNamespace } from '../names/namespace.js';
import { assemble } from './assemble.js';
import { ColumnEdgeStore } from './column-edges.js';
import { Interner } from './growing.js';
import type { LineageGraph } from './lineage-graph.js';
import type { ColumnEdgeFacts, DatasetFacts, OperationFacts } from './observed.js';
import { ObservedDataset } from './observed-dataset.js';
import { ObservedOperation } from './observed-operation.js';
import { ProblemLog } from './problem-log.js';
import type { DatasetColumn, QualifiedName } from './types.js';

export interface GraphOptions {
  /** Names as rules write them, and the dataset that each means: they win over every rule of resolution. */
  readonly names?: { readonly [name: string]: string } | undefined;
  /** The configured warehouse of the datasets of a namespace. */
  readonly warehouses?: { readonly [namespace: string]: string } | undefined;
}

/**
 * Takes in what importers find, in any order and as often as they find it, and makes the graph of it. Every step costs the
 * same however much was taken in before.
 */
export class GraphBuilder {
  readonly problems = new ProblemLog();
  readonly columns = new ColumnEdgeStore();
  readonly #names = new Interner();
  readonly #known = new WeakMap<DatasetName, number>();
  readonly #datasets: ObservedDataset[] = [];
  readonly #contexts = new Interner();
  readonly #operationKeys = new Interner();
  readonly #operations: ObservedOperation[] = [];
  readonly #links: [number, number][] = [];
  readonly #labels = new Map<string, number>();
  #told = 0;

  constructor(readonly options: GraphOptions = {}) {}

  /** How often an operation or the end of a dataset was told. */
  get told(): number {
    return this.#told;
  }

  get datasets(): readonly ObservedDataset[] {
    return this.#datasets;
  }

  get operations(): readonly ObservedOperation[] {
    return this.#operations;
  }

  /**
   * The number of a dataset. `context` says whose names these are: what one context names differently are different
   * datasets.
   */
  dataset(name: DatasetName, context: string, facts: DatasetFacts = {}): number {
    const id = this.#name(name, context);
    this.#datasets[id]?.add(facts);
    if (facts.label !== undefined) this.#addLabel(facts.label, id);
    for (const alias of facts.aliases ?? []) this.#links.push([id, this.#name(alias, context)]);
    return id;
  }

  /** The number of an operation; the same namespace and name is the same one. */
  operation(facts: OperationFacts): number {
    const id = this.#operationKeys.number(`${facts.namespace}\n${facts.name}`);
    this.#operations[id] ??= new ObservedOperation(facts);
    this.#operations[id].add(facts);
    const moment = this.#moment(facts.run?.at);
    for (const output of facts.outputs) this.#datasets[output]?.written(moment);
    return id;
  }

  columnEdge(edge: ColumnEdgeFacts): void {
    const operation = this.#operations[edge.operation];
    if (operation) operation.hasColumns = true;
    this.columns.add(edge);
  }

  /** Columns that were found out later; those that a source told stay. */
  addColumns(dataset: number, columns: readonly DatasetColumn[]): void {
    this.#datasets[dataset]?.add({ columns });
  }

  /** The number of an operation of a graph that was built from here. */
  operationNumber({ namespace, name }: QualifiedName): number {
    return this.#operationKeys.number(`${namespace}\n${name}`);
  }

  /** Says that a dataset was dropped; written again later, it is there again. */
  dropped(dataset: number, at: string | null): void {
    this.#datasets[dataset]?.dropped(this.#moment(at));
  }

  build(): LineageGraph {
    const overrides = this.#overrides();
    const merged = mergeNames(this.#datasets, { aliases: [...this.#links, ...this.#sameWarehouse()], overrides });
    for (const { name, candidates } of merged.ambiguities) this.#reportAmbiguity(name, candidates);
    for (const [one, other] of merged.caseVariants)
      this.problems.note(one, `"${one}" and "${other}" are taken for one dataset`);
    this.#noteCaseTwins(merged.datasetOf);
    return assemble({
      ...{ datasets: this.#datasets, operations: this.#operations, columns: this.columns },
      ...{
        datasetOf: merged.datasetOf,
        index: merged.index,
        find: (name) => this.#names.find(nameKey(name)),
        overrides,
        problems: this.problems,
        options: this.options,
      },
    });
  }

  #noteCaseTwins(datasetOf: (name: number) => number): void {
    const seen = this.#datasets.flatMap(({ name, isSeen }, id) => (isSeen ? [{ name, dataset: datasetOf(id) }] : []));
    for (const [one, other] of caseTwins(seen))
      this.problems.note(
        one,
        `"${one}" and "${other}" differ by case alone and stay two datasets; lineage.names of aegis.yaml can make them one`,
      );
  }

  #reportAmbiguity(name: number, candidates: readonly string[]): void {
    const dataset = this.#datasets[name];
    if (!dataset?.isSeen) return;
    const listed = candidates.slice(0, 5).join(', ') + (candidates.length > 5 ? ', …' : '');
    this.problems.problem(
      dataset.name.name,
      `"${dataset.name.name}" could be any of ${listed}; it stays on its own: say which in lineage.names of aegis.yaml`,
    );
  }

  #overrides(): readonly [number, number][] {
    const overrides = Object.entries(this.options.names ?? {});
    if (overrides.length === 0) return [];
    const known = new Map(this.#datasets.map(({ name }, id) => [fullName(name), id]));
    const meant = (text: string): number => this.#labels.get(text) ?? known.get(text) ?? this.#override(text);
    return overrides.map(([from, to]) => [this.#override(from), meant(to)]);
  }

  /** Namespaces that aegis.yaml gives to one warehouse are one place. */
  #sameWarehouse(): readonly [number, number][] {
    const warehouses = byNamespace(this.options.warehouses ?? {});
    if (warehouses.size < 2) return [];
    const first = new Map<string, number>();
    return this.#datasets.flatMap(({ name }, id): [number, number][] => {
      const warehouse = warehouses.get(name.namespace);
      if (warehouse === undefined) return [];
      const key = nameKey({ ...name, namespace: `warehouse ${warehouse}` });
      const other = first.get(key);
      if (other === undefined) first.set(key, id);
      return other === undefined ? [] : [[id, other]];
    });
  }

  #override(text: string): number {
    return this.#name(parseDatasetName(text), `aegis.yaml: ${text}`);
  }

  /** Sorts by time; what has none, or the same, by the order in which it was told. */
  #moment(at: string | null | undefined): string {
    return `${at ?? ''}#${String(this.#told++).padStart(12, '0')}`;
  }

  #addLabel(label: string, id: number): void {
    const known = this.#labels.get(label);
    if (known === undefined) this.#labels.set(label, id);
    else if (known !== id) this.#links.push([id, known]);
  }

  #name(name: DatasetName, context: string): number {
    const id = this.#known.get(name) ?? this.#names.number(nameKey(name));
    this.#known.set(name, id);
    this.#datasets[id] ??= new ObservedDataset(name);
    this.#datasets[id].contexts.add(this.#contexts.number(context));
    return id;
  }
}
