import { UnionFind } from '../graph/growing.js';
import { type Candidate, choose, isInDefaultSchema } from './choose-name.js';
import { type DatasetName, fullName } from './dataset-name.js';
import { NameIndex } from './name-index.js';

/** A name, and where it was used: within one context two different names are two different datasets. */
export interface UsedName {
  readonly name: DatasetName;
  readonly contexts: ReadonlySet<number>;
}

export interface Ambiguity {
  readonly name: number;
  /** One name of each dataset that could be meant. */
  readonly candidates: readonly string[];
}

export interface MergedNames {
  /** The smallest number of the names that are one dataset. */
  readonly datasetOf: (name: number) => number;
  readonly ambiguities: readonly Ambiguity[];
  /** Names that are one dataset although their case differs. */
  readonly caseVariants: readonly (readonly [string, string])[];
  readonly probes: number;
  /** Of all names, by their numbers. */
  readonly index: NameIndex;
}

/**
 * Which names are one dataset: those that `links` joins, and names without a place that can only mean one other name.
 * Longer names first, so that `public.orders` has its place before `orders` looks for one.
 */
export const mergeNames = (names: readonly UsedName[], links: NameLinks): MergedNames =>
  new NameMerge(names, links).merge();

export interface NameLinks {
  /** Pairs that a source says are one. */
  readonly aliases: readonly (readonly [number, number])[];
  /** Pairs that the user says are one: the first of each is not looked up any other way. */
  readonly overrides: readonly (readonly [number, number])[];
}

class NameMerge {
  readonly #sets: UnionFind;
  readonly #index = new NameIndex();
  readonly #overridden: ReadonlySet<number>;
  readonly #contexts: Set<number>[];
  readonly #ambiguities: Ambiguity[] = [];
  readonly #caseVariants: [string, string][] = [];

  constructor(
    readonly names: readonly UsedName[],
    { aliases, overrides }: NameLinks,
  ) {
    this.#sets = new UnionFind(names.length);
    this.#contexts = names.map(({ contexts }) => new Set(contexts));
    this.#overridden = new Set(overrides.map(([left]) => left));
    for (const [id, { name }] of names.entries()) this.#index.add(name, id);
    for (const [left, right] of [...overrides, ...aliases]) this.#join(left, right);
  }

  merge(): MergedNames {
    for (const id of this.#floating()) this.#place(id);
    return {
      datasetOf: (id) => this.#sets.find(id),
      ambiguities: this.#ambiguities,
      caseVariants: this.#caseVariants,
      probes: this.#index.probes,
      index: this.#index,
    };
  }

  #floating(): readonly number[] {
    return [...this.names.keys()]
      .filter((id) => isFloating(this.#name(id)) && !this.#overridden.has(id))
      .sort((left, right) => this.#name(right).parts.length - this.#name(left).parts.length || left - right);
  }

  #place(id: number): void {
    const others = this.#index.endingWith(this.#name(id)).filter((other) => other !== id);
    const fuller = this.#candidates(id, others);
    const chosen = choose(this.#name(id), fuller);
    const [only] = chosen;
    if (only === undefined) this.#joinCaseVariant(id, others);
    else if (chosen.length === 1) this.#join(id, only);
    else this.#ambiguities.push({ name: id, candidates: chosen.map((dataset) => fullName(this.#name(dataset))) });
  }

  #candidates(id: number, others: readonly number[]): readonly Candidate[] {
    const own = this.#sets.find(id);
    return others
      .filter((other) => this.#isFuller(other, id) && this.#sets.find(other) !== own && this.#mayBeOne(id, other))
      .map((other) => ({ dataset: this.#sets.find(other), name: this.#name(other) }));
  }

  #isFuller(other: number, id: number): boolean {
    const [name, candidate] = [this.#name(id), this.#name(other)];
    if (name.kind === 'file') return candidate.kind === 'file' && candidate.name.length > name.name.length;
    return candidate.kind === 'table' && (candidate.namespace !== '' || candidate.parts.length > name.parts.length);
  }

  /** A source that has both `orders` and `raw.orders` means two tables, unless `raw` is what the engine puts in front. */
  #mayBeOne(id: number, other: number): boolean {
    if (isInDefaultSchema(this.#name(id), this.#name(other))) return true;
    const contexts = this.#contexts[this.#sets.find(other)];
    return ![...(this.names[id]?.contexts ?? [])].some((context) => contexts?.has(context));
  }

  #joinCaseVariant(id: number, others: readonly number[]): void {
    const { name, parts, kind } = this.#name(id);
    const isVariant = (other: number): boolean => {
      const candidate = this.#name(other);
      if (!isFloating(candidate) || candidate.kind !== kind || candidate.parts.length !== parts.length) return false;
      return candidate.name.toLowerCase() === name.toLowerCase();
    };
    const variant = others.find((other) => other < id && isVariant(other));
    if (variant === undefined) return;
    this.#caseVariants.push([this.#name(variant).name, name]);
    this.#join(id, variant);
  }

  #join(left: number, right: number): void {
    const [a, b] = [this.#sets.find(left), this.#sets.find(right)];
    if (a === b) return;
    const joined = this.#sets.union(a, b);
    const [kept, gone] = [this.#contexts[joined], this.#contexts[joined === a ? b : a]];
    for (const context of gone ?? []) kept?.add(context);
  }

  #name(id: number): DatasetName {
    const used = this.names[id];
    if (!used) throw new Error(`there is no name ${id}`);
    return used.name;
  }
}

/** Names that do not say where their dataset lives. A file that is not an absolute path is one. */
const isFloating = ({ namespace, name }: DatasetName): boolean =>
  namespace === '' || (namespace === 'file' && !name.startsWith('/') && !/^[a-z]:\//i.test(name));
