/** Where a value stands around its first word, and how long it is: all that is needed to look it up in a text. */
interface Shape {
  readonly offset: number;
  readonly length: number;
}

const word = /[\p{L}\p{N}]+/gu;
const endsInWord = /[\p{L}\p{N}]$/u;
const startsWithWord = /^[\p{L}\p{N}]/u;

/**
 * Finds many known values in a text at once, longest first, where they stand on their own: `Ann` is not found within
 * `Annual`. Time grows with the text and with how many lengths share a first word, not with how many values there are.
 */
export class RecalledValues {
  readonly #replacements = new Map<string, string>();
  /** By first word, longest first. */
  readonly #shapes = new Map<string, readonly Shape[]>();

  /** Values of marks alone, such as `---`, tell nothing and are not kept. */
  add(value: string, replacement: string): void {
    const first = value.matchAll(word).next().value;
    if (first === undefined || this.#replacements.has(value)) return;
    this.#replacements.set(value, replacement);
    this.#addShape(first[0], { offset: first.index, length: value.length });
  }

  replaceIn(text: string): string {
    if (this.#replacements.size === 0) return text;
    const parts: string[] = [];
    let done = 0;
    for (const { 0: first, index } of text.matchAll(word)) {
      const found = this.#valueAt(text, first, index, done);
      if (found === undefined) continue;
      parts.push(text.slice(done, found.start), found.replacement);
      done = found.end;
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(done);
  }

  #addShape(first: string, shape: Shape): void {
    const known = this.#shapes.get(first) ?? [];
    if (known.some(({ offset, length }) => offset === shape.offset && length === shape.length)) return;
    this.#shapes.set(
      first,
      [...known, shape].sort((left, right) => right.length - left.length),
    );
  }

  #valueAt(text: string, first: string, index: number, done: number) {
    for (const { offset, length } of this.#shapes.get(first) ?? []) {
      const start = index - offset;
      const end = start + length;
      if (start < done) continue;
      const replacement = this.#replacements.get(text.slice(start, end));
      if (replacement !== undefined && standsAlone(text, start, end)) return { start, end, replacement };
    }
    return undefined;
  }
}

/** Two code units are enough to see a letter outside the basic plane. */
const standsAlone = (text: string, start: number, end: number): boolean =>
  !endsInWord.test(text.slice(Math.max(0, start - 2), start)) && !startsWithWord.test(text.slice(end, end + 2));
