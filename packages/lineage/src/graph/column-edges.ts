import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import { Interner, NumberList } from './growing.js';
import type { ColumnEdgeFacts } from './observed.js';

const types: readonly TransformationType[] = ['DIRECT', 'INDIRECT'];
const subtypes: readonly TransformationSubtype[] = [
  ...(['IDENTITY', 'TRANSFORMATION', 'AGGREGATION', 'JOIN', 'GROUP_BY', 'FILTER', 'SORT', 'WINDOW'] as const),
  'CONDITIONAL',
];

/** Column edges in columns of numbers, so that a million of them is a few dozen megabytes. Each is kept once. */
export class ColumnEdgeStore {
  readonly #columns = new Interner();
  readonly #columnNames: string[] = [];
  readonly #columnDatasets = new NumberList();
  readonly #from = new NumberList();
  readonly #to = new NumberList();
  readonly #codes = new NumberList();
  readonly #operations = new NumberList();
  readonly #expressions = new Map<number, string>();
  readonly #seen = new Map<number, Set<number>>();

  get length(): number {
    return this.#from.length;
  }

  get columnCount(): number {
    return this.#columnNames.length;
  }

  add({ from, to, type, subtype, expression, operation }: ColumnEdgeFacts): void {
    const [start, end] = [this.#column(from.dataset, from.column), this.#column(to.dataset, to.column ?? '')];
    const code = types.indexOf(type) * subtypes.length + subtypes.indexOf(subtype);
    if (!this.#isNew(operation * codeCount + code, start * 2 ** 26 + end)) return;
    if (expression !== null) this.#expressions.set(this.length, expression);
    this.#from.push(start);
    this.#to.push(end);
    this.#codes.push(code);
    this.#operations.push(operation);
  }

  /** Of an edge: the columns at its ends. The name of a column is empty where it stands for whole rows. */
  from = (edge: number): number => this.#from.at(edge);
  to = (edge: number): number => this.#to.at(edge);
  operation = (edge: number): number => this.#operations.at(edge);
  expression = (edge: number): string | null => this.#expressions.get(edge) ?? null;

  type(edge: number): TransformationType {
    return types[Math.floor(this.#codes.at(edge) / subtypes.length)] ?? 'DIRECT';
  }

  subtype(edge: number): TransformationSubtype {
    return subtypes[this.#codes.at(edge) % subtypes.length] ?? 'TRANSFORMATION';
  }

  columnName(column: number): string {
    return this.#columnNames[column] ?? '';
  }

  /** The name that the builder knows the column's dataset by. */
  columnDataset(column: number): number {
    return this.#columnDatasets.at(column);
  }

  #isNew(group: number, pair: number): boolean {
    const seen = this.#seen.get(group) ?? new Set();
    if (seen.size === 0) this.#seen.set(group, seen);
    if (seen.has(pair)) return false;
    seen.add(pair);
    return true;
  }

  #column(dataset: number, name: string): number {
    const number = this.#columns.number(`${dataset}\n${name}`);
    if (number === this.#columnNames.length) {
      this.#columnNames.push(name);
      this.#columnDatasets.push(dataset);
    }
    return number;
  }
}

const codeCount = types.length * subtypes.length;
