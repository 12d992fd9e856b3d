import { type Candidate, choose } from '../names/choose-name.js';
import { type DatasetName, parseDatasetName, tableName } from '../names/dataset-name.js';
import { endsWith } from '../names/name-index.js';
import { joinParts } from '../names/parts.js';
import type { Observed } from './assemble.js';
import type { JoinedDataset } from './join-datasets.js';

/** What a name means. */
export type Resolution =
  | { readonly kind: 'found'; readonly dataset: JoinedDataset }
  /** Several could be meant. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly JoinedDataset[] }
  | { readonly kind: 'unknown' };

/** What a resolver asks of the graph that it answers for. */
export interface NamedGraph {
  readonly datasets: readonly JoinedDataset[];
  readonly observed: Pick<Observed, 'datasets' | 'index' | 'find' | 'options'>;
  readonly nodeOf: (name: number) => number;
}

/** Answers what names mean in a finished graph. */
export class NameResolver {
  readonly #labels = new Map<string, number>();
  /** Of what is neither a table nor a file, e.g. topics. */
  readonly #others = new Map<string, number[]>();
  readonly #graph: NamedGraph;
  readonly #overrides: { readonly [name: string]: string };

  constructor(graph: NamedGraph) {
    this.#graph = graph;
    this.#overrides = graph.observed.options.names ?? {};
    for (const [node, dataset] of graph.datasets.entries()) {
      this.#addLabels(dataset, node);
      this.#addOthers(dataset, node);
    }
  }

  resolve(text: string): Resolution {
    const meant = Object.hasOwn(this.#overrides, text) ? (this.#overrides[text] ?? text) : text;
    const nodes = this.#nodes(meant);
    const found = nodes.flatMap((node) => this.#graph.datasets[node] ?? []);
    const [dataset] = found;
    if (!dataset) return { kind: 'unknown' };
    return found.length === 1 ? { kind: 'found', dataset } : { kind: 'ambiguous', candidates: found };
  }

  shortName(node: number): string {
    const dataset = this.#graph.datasets[node];
    if (!dataset) return '';
    const name = dataset.tableName ?? dataset.names[0];
    if (name?.kind !== 'table') return name && this.#means(name.name, node) ? name.name : dataset.id;
    const endings = name.parts.map((_, index) => joinParts(name.parts.slice(-index - 1)));
    return endings.find((ending) => this.#means(ending, node)) ?? dataset.id;
  }

  #addLabels({ id, aliases }: JoinedDataset, node: number): void {
    this.#labels.set(id, node);
    for (const alias of aliases) if (!this.#labels.has(alias)) this.#labels.set(alias, node);
  }

  #addOthers({ names }: JoinedDataset, node: number): void {
    for (const name of new Set(names.flatMap((each) => (each.kind === 'other' ? each.name : [])))) {
      const known = this.#others.get(name);
      if (known) known.push(node);
      else this.#others.set(name, [node]);
    }
  }

  #means(text: string, node: number): boolean {
    const nodes = this.#nodes(text);
    return nodes.length === 1 && nodes[0] === node;
  }

  #nodes(text: string): readonly number[] {
    const label = this.#labels.get(text);
    if (label !== undefined) return [label];
    const name = parseDatasetName(text);
    const exact = this.#graph.observed.find(name);
    if (exact !== undefined && this.#isNode(exact)) return [this.#graph.nodeOf(exact)];
    const fuller = this.#fuller(name);
    if (fuller.length > 0) return fuller;
    const shorter = this.#shorter(name);
    return shorter.length > 0 ? shorter : (this.#others.get(text) ?? []);
  }

  #fuller(name: DatasetName): readonly number[] {
    const candidates = this.#candidates(name).filter(
      (candidate) => name.namespace === '' || name.kind === 'file' || candidate.name.namespace === name.namespace,
    );
    return choose(name, candidates);
  }

  /** A name with more parts than the graph knows: `shop.main.orders`, where SQL only ever said `orders`. */
  #shorter(name: DatasetName): readonly number[] {
    if (name.kind === 'file') return this.#relativeFiles(name);
    for (let from = 1; from < name.parts.length; from++) {
      const ending = tableName(name.parts.slice(from));
      const known = this.#candidates(ending).filter(
        ({ name: { namespace, parts } }) => namespace === '' && parts.length === ending.parts.length,
      );
      const chosen = choose(ending, known).filter((node) => this.#isKnownOnlyAs(node, ending));
      if (chosen.length > 0) return chosen;
    }
    return [];
  }

  /** Files that sources name by a relative path that the asked one ends with. */
  #relativeFiles(name: DatasetName): readonly number[] {
    const named = this.#endingWith(name).filter((known) => endsWith(name, known.name, true));
    return [...new Set(named.map(({ dataset }) => dataset))];
  }

  #isKnownOnlyAs(node: number, ending: DatasetName): boolean {
    const tables = this.#graph.datasets[node]?.names.filter(({ kind }) => kind === 'table') ?? [];
    return tables.every(({ parts }) => parts.length <= ending.parts.length);
  }

  #isNode(name: number): boolean {
    return this.#graph.nodeOf(name) < this.#graph.datasets.length;
  }

  #candidates(name: DatasetName): readonly Candidate[] {
    return this.#endingWith(name).filter((candidate) => endsWith(candidate.name, name, false));
  }

  #endingWith(name: DatasetName): readonly Candidate[] {
    const { index, datasets } = this.#graph.observed;
    return index.endingWith(name).flatMap((id) => {
      const found = datasets[id]?.name;
      return found && this.#isNode(id) ? [{ dataset: this.#graph.nodeOf(id), name: found }] : [];
    });
  }
}
