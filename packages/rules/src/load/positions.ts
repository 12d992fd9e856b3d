import type { SourceLocation } from '@aegis/spec';
import type { Path } from './rule-document.js';

interface EntryOffsets {
  readonly key: number;
  readonly value: number;
}

interface ContainerOffsets {
  readonly start: number;
  readonly entries: Map<PropertyKey, EntryOffsets>;
}

/**
 * Where the parts of a converted document were written, beside the values and not inside them. Values reached through
 * an alias are at their anchor.
 */
export class Positions {
  readonly #containers = new Map<object, ContainerOffsets>();

  /** Offsets count UTF-16 units of the text, from 0. */
  constructor(private readonly toLocation: (offset: number) => SourceLocation) {}

  addContainer(container: object, offset: number): void {
    this.#containers.set(container, { start: offset, entries: new Map() });
  }

  addEntry(container: object, key: PropertyKey, offsets: EntryOffsets): void {
    this.#containers.get(container)?.entries.set(key, offsets);
  }

  /** What a merge key brings in stays where it was written. */
  copyEntry(from: object, to: object, key: PropertyKey): void {
    const offsets = this.#containers.get(from)?.entries.get(key);
    if (offsets) this.addEntry(to, key, offsets);
  }

  at(offset: number): SourceLocation {
    return this.toLocation(offset);
  }

  /** The value (or the key) at `path`, else the nearest thing around it. */
  locate(root: unknown, path: Path, part: 'key' | 'value' = 'value'): SourceLocation | undefined {
    const offset = this.#offsetOf(root, path, part);
    return offset === undefined ? undefined : this.at(offset);
  }

  #offsetOf(root: unknown, path: Path, part: 'key' | 'value'): number | undefined {
    let current = root;
    let offset = isObject(root) ? this.#containers.get(root)?.start : undefined;
    for (const [index, key] of path.entries()) {
      const entry = isObject(current) ? this.#containers.get(current)?.entries.get(key) : undefined;
      if (!entry) return offset;
      offset = index === path.length - 1 ? entry[part] : entry.key;
      current = (current as Record<PropertyKey, unknown>)[key];
    }
    return offset;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
