/** Whole numbers below 2^32 that are only ever appended. */
export class NumberList {
  #values = new Uint32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }
}

/** Gives equal texts equal numbers, counting from 0. */
export class Interner {
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#numbers.size;
  }

  /** The number of a text, a new one where it was not seen before. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }
}

/** Which numbers are one: sets that are only ever joined. */
export class UnionFind {
  readonly #parents: Uint32Array;

  constructor(size: number) {
    this.#parents = Uint32Array.from({ length: size }, (_, index) => index);
  }

  /** The number that stands for the set of `member`. */
  find(member: number): number {
    let at = member;
    while (this.#parent(at) !== at) {
      this.#parents[at] = this.#parent(this.#parent(at));
      at = this.#parent(at);
    }
    return at;
  }

  /** Joins two sets; the smaller number stands for both. */
  union(left: number, right: number): number {
    const [low, high] = [this.find(left), this.find(right)].sort((a, b) => a - b) as [number, number];
    this.#parents[high] = low;
    return low;
  }

  #parent(at: number): number {
    return this.#parents[at] ?? at;
  }
}
