import { type Candidate, choose } from '../names/choose-name.js';
import { type DatasetName, fullName, nameKey, parseDatasetName, tableName } from '../names/dataset-name.js';
import { endsWith, NameIndex } from '../names/name-index.js';
import { joinParts } from '../names/parts.js';
import type { JoinedDataset } from './join-datasets.js';

/** What a name means. */
export type Resolution =
  | { readonly kind: 'found'; readonly dataset: JoinedDataset }
  /** Several could be meant. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly JoinedDataset[] }
  | { readonly kind: 'unknown' };

/** Answers what names mean in a finished graph. */
export class NameResolver {
  readonly #exact = new Map<string, number>();
  readonly #labels = new Map<string, number>();
  readonly #index = new NameIndex();
  readonly #names: { readonly name: DatasetName; readonly node: number }[] = [];

  constructor(
    readonly datasets: readonly JoinedDataset[],
    readonly overrides: { readonly [name: string]: string },
  ) {
    for (const [node, dataset] of datasets.entries()) this.#add(dataset, node);
  }

  resolve(text: string): Resolution {
    const meant = Object.hasOwn(this.overrides, text) ? (this.overrides[text] ?? text) : text;
    const nodes = this.#nodes(meant);
    const found = nodes.flatMap((node) => this.datasets[node] ?? []);
    const [dataset] = found;
    if (!dataset) return { kind: 'unknown' };
    return found.length === 1 ? { kind: 'found', dataset } : { kind: 'ambiguous', candidates: found };
  }

  shortName(node: number): string {
    const dataset = this.datasets[node];
    if (!dataset) return '';
    const name = dataset.tableName ?? dataset.names[0];
    if (name?.kind !== 'table') return name?.name ?? dataset.id;
    const endings = name.parts.map((_, index) => joinParts(name.parts.slice(-index - 1)));
    return endings.find((ending) => this.#means(ending, node)) ?? dataset.id;
  }

  #add({ id, names, aliases }: JoinedDataset, node: number): void {
    this.#labels.set(id, node);
    for (const alias of aliases) if (!this.#labels.has(alias)) this.#labels.set(alias, node);
    for (const name of names) {
      this.#exact.set(nameKey(name), node);
      this.#index.add(name, this.#names.length);
      this.#names.push({ name, node });
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
    const exact = this.#exact.get(nameKey(name));
    if (exact !== undefined) return [exact];
    const fuller = this.#fuller(name);
    return fuller.length > 0 ? fuller : this.#shorter(name);
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
    const named = this.#index.endingWith(name).flatMap((index) => this.#names[index] ?? []);
    return [...new Set(named.filter((known) => endsWith(name, known.name, true)).map(({ node }) => node))];
  }

  #isKnownOnlyAs(node: number, ending: DatasetName): boolean {
    const tables = this.datasets[node]?.names.filter(({ kind }) => kind === 'table') ?? [];
    return tables.every(({ parts }) => parts.length <= ending.parts.length);
  }

  #candidates(name: DatasetName): readonly Candidate[] {
    return this.#index
      .endingWith(name)
      .flatMap((index) => this.#names[index] ?? [])
      .filter((candidate) => endsWith(candidate.name, name, false))
      .map(({ name: found, node }) => ({ dataset: node, name: found }));
  }
}

/** Every name a person may have meant, for suggestions. */
export const suggestions = (datasets: readonly JoinedDataset[]): readonly string[] =>
  datasets.flatMap(({ names }) => names.flatMap((name) => [fullName(name), ...name.parts.slice(-1)]));
