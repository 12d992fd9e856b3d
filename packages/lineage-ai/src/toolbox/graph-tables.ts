import type { JoinedDataset, LineageGraph } from '@aegis/lineage';
import type { Dialect } from '@aegis/spec';
import { distance } from 'fastest-levenshtein';
import { type LiveTable, type LocatedTable, locate, type TablePlaces } from './located-table.js';
import type { GraphNodeKind } from './results.js';
import { Refusal } from './tool-result.js';

/** Names of the graph and where their tables are. A table that was found is not looked for again. */
export class GraphTables {
  readonly #graph: LineageGraph;
  readonly #places: TablePlaces;
  readonly #live = new Map<string, LiveTable>();

  constructor(graph: LineageGraph, places: TablePlaces) {
    this.#graph = graph;
    this.#places = places;
  }

  /** @throws Refusal `not_found` with names that may be meant */
  find(name: string): JoinedDataset {
    const found = this.#graph.resolve(name);
    if (found.kind === 'found') return found.dataset;
    if (found.kind === 'ambiguous')
      throw new Refusal('not_found', `"${name}" could be any of ${listed(found.candidates.map(({ id }) => id))}.`);
    throw new Refusal('not_found', `The graph holds no "${name}". ${this.#nearest(name)}`);
  }

  async locate(dataset: JoinedDataset): Promise<LocatedTable> {
    const known = this.#live.get(dataset.id);
    if (known) return known;
    const located = await locate(dataset, this.#places);
    if (located.liveness === 'live') this.#live.set(dataset.id, located);
    return located;
  }

  /** @throws Refusal `not_live`, `failed` where the warehouse could not say */
  async live(dataset: JoinedDataset): Promise<LiveTable> {
    const located = await this.locate(dataset);
    if (located.liveness === 'live') return located;
    throw new Refusal(
      located.isFailure ? 'failed' : 'not_live',
      `The values of ${this.#graph.shortName(dataset.id)} cannot be read: ${located.reason}.`,
    );
  }

  /** As SQL writes it where it is live, else as the graph knows it. */
  async nameOf(dataset: JoinedDataset): Promise<string> {
    const located = await this.locate(dataset);
    return located.liveness === 'live' ? this.written(located) : this.#graph.shortName(dataset.id);
  }

  written({ table }: LiveTable): string {
    const isPlain = table.parts.every((part) => /^[a-z_][a-z0-9_]*$/.test(part));
    const dialect: Dialect | undefined = this.#places.warehouse?.dialect;
    return isPlain || !dialect ? table.parts.join('.') : dialect.tableName(table);
  }

  #nearest(name: string): string {
    const names = this.#graph.datasets.map(({ id }) => this.#graph.shortName(id));
    if (names.length === 0) return 'It is empty.';
    const near = names
      .map((known) => ({ known, edits: distance(known.toLowerCase(), name.toLowerCase()) }))
      .sort((left, right) => left.edits - right.edits)
      .map(({ known }) => known);
    return `It holds ${listed(near)}.`;
  }
}

const mostListed = 10;

const listed = (names: readonly string[]): string =>
  names.slice(0, mostListed).join(', ') + (names.length > mostListed ? ` and ${names.length - mostListed} more` : '');

/** Statements that only change a table with its own rows, or with constants, make no input an intermediate one. */
export const nodeKind = (graph: LineageGraph, { id }: Pick<JoinedDataset, 'id'>): GraphNodeKind => {
  const isOther = (other: string): boolean => other !== id;
  if (!graph.operationsInto(id).some(({ inputs }) => inputs.some(isOther))) return 'input';
  return graph.operationsFrom(id).some(({ outputs }) => outputs.some(isOther)) ? 'intermediate' : 'target';
};
