import type { DatasetName } from './dataset-name.js';
import { partsKey } from './parts.js';

/** Finds names that end with another one, whatever their case: `shop.public.orders` by `orders` and by `Public.Orders`. */
export class NameIndex {
  readonly #byEnding = new Map<string, number[]>();
  #probes = 0;

  /** How many names were looked at so far, to show that work grows with the names and not with their square. */
  get probes(): number {
    return this.#probes;
  }

  add(name: DatasetName, id: number): void {
    for (const key of endings(name)) {
      const ids = this.#byEnding.get(key);
      if (ids) ids.push(id);
      else this.#byEnding.set(key, [id]);
    }
  }

  /** Ids of all names that end with the parts of this one, itself included. */
  endingWith(name: DatasetName): readonly number[] {
    const found = this.#byEnding.get(lookupKey(name)) ?? [];
    this.#probes += found.length + 1;
    return found;
  }
}

const endings = (name: DatasetName): readonly string[] => {
  if (name.kind === 'file') return [fileKey(name)];
  return name.parts.map((_, index) => lowerKey(name.parts.slice(index)));
};

const lookupKey = (name: DatasetName): string => (name.kind === 'file' ? fileKey(name) : lowerKey(name.parts));
const lowerKey = (parts: readonly string[]): string => partsKey(parts).toLowerCase();
const fileKey = ({ name }: DatasetName): string => `/${name.slice(name.lastIndexOf('/') + 1).toLowerCase()}`;

/** Whether a name ends with the parts of another one; `exactly` compares case too. */
export const endsWith = (name: DatasetName, ending: DatasetName, exactly: boolean): boolean => {
  if (name.kind !== ending.kind) return false;
  const same = exactly ? (text: string) => text : (text: string) => text.toLowerCase();
  if (name.kind === 'file') return same(`/${name.name}`).endsWith(same(`/${withoutUpwards(ending.name)}`));
  const parts = name.parts.slice(-ending.parts.length);
  return same(partsKey(parts)) === same(partsKey(ending.parts));
};

const withoutUpwards = (path: string): string => path.replace(/^(?:\.\.\/)+|^\/+/, '');
