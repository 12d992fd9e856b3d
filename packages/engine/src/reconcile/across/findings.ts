import type { Measurements } from '@aegis/rules';
import type { ComparedColumns, Row } from '@aegis/spec';
import { agree, canonicalCell, compareCells } from '../cells.js';
import type { Comparison } from '../comparison.js';
import type { Both } from './two-sides.js';

/** One difference as rows of both sides, as they were read: `k0`, …, `v0`, …. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly target?: Row | undefined;
  readonly source?: Row | undefined;
}

export const differenceKinds = ['different', 'missing_in_source', 'missing_in_target'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** Counts what is missing or different, and keeps the first few of each kind in the order of their keys. */
export class Findings {
  readonly #comparison: Comparison;
  readonly #mostExamples: number;
  readonly #counts: { [kind in DifferenceKind]: number } = { different: 0, missing_in_source: 0, missing_in_target: 0 };
  readonly #byValue: number[];
  readonly #examples: { [kind in DifferenceKind]: Difference[] } = {
    different: [],
    missing_in_source: [],
    missing_in_target: [],
  };

  constructor(comparison: Comparison, mostExamples: number) {
    this.#comparison = comparison;
    this.#mostExamples = mostExamples;
    this.#byValue = comparison.values.map(() => 0);
  }

  /** Compares the rows of the same buckets of both sides. */
  compare(rows: Both<readonly Row[]>): void {
    const sources = this.#byKey(rows.source);
    for (const [key, group] of this.#byKey(rows.target)) {
      this.#compareGroup(group, sources.get(key) ?? []);
      sources.delete(key);
    }
    for (const group of sources.values()) this.#compareGroup([], group);
  }

  /** Rows, or distinct keys, that were only counted. */
  countMissing(kind: 'missing_in_source' | 'missing_in_target', count: number): void {
    this.#counts[kind] += count;
  }

  /** A few rows of those that were only counted. */
  showMissing(kind: 'missing_in_source' | 'missing_in_target', rows: readonly Row[]): void {
    for (const row of rows) this.#show(kind === 'missing_in_source' ? { kind, target: row } : { kind, source: row });
  }

  get counts(): Measurements {
    const values = this.#byValue.map((count, index) => [`different_${index}`, String(count)] as const);
    const { missing_in_source, missing_in_target, different } = this.#counts;
    return {
      missing_in_source: String(missing_in_source),
      missing_in_target: String(missing_in_target),
      ...(this.#comparison.values.length > 0 && { different: String(different), ...Object.fromEntries(values) }),
    };
  }

  /** The kinds by turns, so that many of one do not hide the others. */
  get examples(): readonly Difference[] {
    const sorted = differenceKinds.map((kind) => this.#examples[kind].toSorted((a, b) => this.#byKeys(a, b)));
    const turns = Array.from({ length: this.#mostExamples }, (_, turn) => sorted.flatMap((kind) => kind[turn] ?? []));
    return turns.flat().slice(0, this.#mostExamples);
  }

  #byKey(rows: readonly Row[]): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = this.#keyOf(row);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else if (!this.#comparison.distinct) group.push(row);
    }
    return groups;
  }

  #keyOf(row: Row): string {
    const [only, ...others] = this.#comparison.keys;
    if (only && others.length === 0) return canonicalCell(row.k0, only.form) ?? '';
    return JSON.stringify(this.#comparison.keys.map(({ form }, index) => canonicalCell(row[`k${index}`], form)));
  }

  #compareGroup(targets: readonly Row[], sources: readonly Row[]): void {
    const [left, right] = [this.#inOrder(targets), this.#inOrder(sources)];
    for (let place = 0; place < Math.max(left.length, right.length); place += 1)
      this.#comparePair(left[place], right[place]);
  }

  #comparePair(target: Row | undefined, source: Row | undefined): void {
    if (target && source) {
      const differing = this.#comparison.values.filter((value, index) => isDifferent(value, index, target, source));
      if (differing.length === 0) return;
      for (const value of differing) this.#countValue(this.#comparison.values.indexOf(value));
    }
    const kind = !target ? 'missing_in_target' : source ? 'different' : 'missing_in_source';
    this.#counts[kind] += 1;
    this.#show({ kind, target, source });
  }

  #countValue(index: number): void {
    this.#byValue[index] = (this.#byValue[index] ?? 0) + 1;
  }

  /** Keeps twice as many as are wanted before it drops what comes later. */
  #show(difference: Difference): void {
    if (this.#mostExamples === 0) return;
    const kept = this.#examples[difference.kind];
    kept.push(difference);
    if (kept.length < 2 * this.#mostExamples) return;
    this.#examples[difference.kind] = kept.toSorted((a, b) => this.#byKeys(a, b)).slice(0, this.#mostExamples);
  }

  #byKeys(left: Difference, right: Difference): number {
    const [a, b] = [left.target ?? left.source, right.target ?? right.source];
    for (const [index, { form }] of this.#comparison.keys.entries()) {
      const order = compareCells(a?.[`k${index}`], b?.[`k${index}`], form);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Rows that share a key, ordered by the values that must be equal before those that may differ a little. */
  #inOrder(rows: readonly Row[]): readonly Row[] {
    return rows.length < 2 ? rows : rows.toSorted((a, b) => this.#byValues(a, b));
  }

  #byValues(left: Row, right: Row): number {
    const numbered = this.#comparison.values.map(({ form, tolerance }, index) => ({
      form,
      tolerance,
      name: `v${index}`,
    }));
    const exact = numbered.filter(({ tolerance }) => tolerance === undefined);
    const near = numbered.filter(({ tolerance }) => tolerance !== undefined);
    for (const { form, name } of [...exact, ...near]) {
      const order = compareCells(left[name], right[name], form);
      if (order !== 0) return order;
    }
    return 0;
  }
}

const isDifferent = ({ form, tolerance }: ComparedColumns, index: number, target: Row, source: Row): boolean =>
  !agree(target[`v${index}`], source[`v${index}`], form, tolerance);
