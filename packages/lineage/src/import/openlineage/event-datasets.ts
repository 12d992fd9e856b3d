import type { DatasetName } from '../../names/dataset-name.js';
import type { ImportTarget } from '../import-target.js';
import { type JsonRecord, recordOf, textOf } from '../reading.js';
import { facetDefects } from './defects.js';
import { datasetEntry } from './explicit-lineage.js';
import {
  type ColumnInput,
  columnLineage,
  datasetKind,
  facet,
  identifierOf,
  rowCountOf,
  schemaColumns,
  symlinks,
  unknownFacets,
} from './facets.js';

/** The datasets of one event, and the columns that its facets tell of. */
export class EventDatasets {
  readonly #target: ImportTarget;
  readonly #place: string;
  readonly #at: string | null;
  readonly #columns: { readonly to: number; readonly inputs: readonly ColumnInput[] }[] = [];
  readonly #renamed: number[] = [];
  readonly #dropped: number[] = [];
  #rows: string | null = null;
  #engine: string | undefined;

  constructor(target: ImportTarget, place: string, at: string | null) {
    this.#target = target;
    this.#place = place;
    this.#at = at;
  }

  /** The scheme of the event's datasets, e.g. `postgres`. */
  engine(): string | undefined {
    return this.#engine;
  }

  rowsWritten(): string | null {
    return this.#rows;
  }

  /** Earlier names of the outputs: what was renamed is made from what it was. */
  renamed(): readonly number[] {
    return this.#renamed;
  }

  input(value: unknown): readonly number[] {
    return this.dataset(value);
  }

  output(value: unknown): readonly number[] {
    const [id] = this.dataset(value);
    if (id === undefined) return [];
    const record = recordOf(value);
    this.#rows = sum(this.#rows, rowCountOf(record));
    const facets = recordOf(record.facets);
    const explicit = datasetEntry(facets);
    const inputs = explicit.length > 0 ? explicit : columnLineage(facets);
    if (inputs.length > 0) this.#columns.push({ to: id, inputs });
    return [id];
  }

  /** The number of a dataset with all that its facets say; none, and a problem, where it has no name. */
  dataset(value: unknown): readonly number[] {
    const record = recordOf(value);
    const name = identifierOf(record);
    if (!name) {
      const missing = textOf(record.name) === undefined ? 'name' : 'namespace';
      this.#target.builder.problems.problem(this.#place, `a dataset of the event has no ${missing}`);
      return [];
    }
    this.#engine ??= name.engine;
    return [this.#add(name, recordOf(record.facets))];
  }

  named(name: DatasetName): number {
    return this.#target.builder.dataset(name, this.#target.source);
  }

  /** Datasets that columns come from, whether or not the event lists them as inputs. */
  columnInputs(): readonly number[] {
    return this.#columns.flatMap(({ inputs }) => inputs.map(({ from }) => this.named(from)));
  }

  /** To be called last: an event that drops a dataset lists it among its outputs, and does not write it. */
  applyDrops(): void {
    for (const id of this.#dropped) this.#target.builder.dropped(id, this.#at);
  }

  addColumns(operation: number): void {
    for (const { to, inputs } of this.#columns) this.addEdges(to, inputs, operation);
  }

  addEdges(to: number, inputs: readonly ColumnInput[], operation: number): void {
    for (const { from, field, to: column, type, subtype, description } of inputs)
      this.#target.builder.columnEdge({
        ...{ from: { dataset: this.named(from), column: field }, to: { dataset: to, column } },
        ...{ type, subtype, expression: description, operation },
      });
  }

  #add(name: DatasetName, facets: JsonRecord): number {
    const { builder, source } = this.#target;
    for (const unknown of unknownFacets('dataset', facets))
      builder.problems.note(source, `the facet "${unknown}" of datasets is not read`);
    for (const defect of facetDefects(facets)) builder.problems.problem(this.#place, `${name.name}: ${defect}`);
    const id = builder.dataset(name, source, {
      ...{ kind: datasetKind(facets), columns: schemaColumns(facets), aliases: symlinks(facets), at: this.#at },
    });
    this.#followLifecycle(id, facet(facets, 'lifecycleStateChange'));
    return id;
  }

  #followLifecycle(id: number, change: JsonRecord): void {
    const state = textOf(change.lifecycleStateChange)?.toUpperCase();
    if (state === 'DROP') this.#dropped.push(id);
    const previous = state === 'RENAME' ? identifierOf(change.previousIdentifier) : undefined;
    if (!previous) return;
    const before = this.named(previous);
    this.#renamed.push(before);
    this.#dropped.push(before);
  }
}

const sum = (left: string | null, right: string | null): string | null => {
  if (left === null || right === null) return left ?? right;
  return (BigInt(left) + BigInt(right)).toString();
};
