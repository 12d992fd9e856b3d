import type { DatasetName } from '../names/dataset-name.js';
import type { DatasetFacts } from './observed.js';
import type { DatasetColumn, DatasetKind } from './types.js';

/** Everything that was said of one name. */
export class ObservedDataset {
  readonly contexts = new Set<number>();
  readonly labels = new Set<string>();
  kind: DatasetKind = 'unknown';
  columns: readonly DatasetColumn[] = [];
  warehouse: string | undefined;
  /** Whether a source spoke of it as a dataset, and not only as another name of one. */
  isSeen = false;
  #columnsAt = '';
  #writtenAt = '';
  #droppedAt: string | undefined;

  constructor(readonly name: DatasetName) {}

  /** The moment that it was dropped; `undefined` where it was never, or written again. */
  get droppedAt(): string | undefined {
    return this.#droppedAt !== undefined && this.#droppedAt >= this.#writtenAt ? this.#droppedAt : undefined;
  }

  get writtenAt(): string {
    return this.#writtenAt;
  }

  add(facts: DatasetFacts): void {
    this.isSeen = true;
    if (facts.kind !== undefined && facts.kind !== 'unknown') this.kind = facts.kind;
    if (facts.warehouse !== undefined) this.warehouse = facts.warehouse;
    if (facts.label !== undefined) this.labels.add(facts.label);
    this.#addColumns(facts.columns ?? [], facts.at ?? '');
  }

  written(moment: string): void {
    if (moment > this.#writtenAt) this.#writtenAt = moment;
  }

  dropped(moment: string): void {
    if (this.#droppedAt === undefined || moment > this.#droppedAt) this.#droppedAt = moment;
  }

  /** The newest list wins; a source without a clock never replaces one. */
  #addColumns(columns: readonly DatasetColumn[], at: string): void {
    const isNewer = this.columns.length === 0 || (at !== '' && at >= this.#columnsAt);
    if (columns.length === 0 || !isNewer) return;
    this.columns = columns;
    this.#columnsAt = at;
  }
}
