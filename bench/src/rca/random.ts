/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** Whole, from 0 up to but not including `bound`. */
  below(bound: number): number;
  /** True in so many of a hundred draws. */
  chance(percent: number): boolean;
  /** @throws Error when there is nothing to choose from. */
  pick<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): readonly Item[];
}

export const randomOf = (...seed: readonly (string | number)[]): Random => {
  const next = mulberry32(hashOf(seed.join(':')));
  const below = (bound: number) => Math.floor(next() * bound);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  };
  return { below, pick, chance: (percent) => below(100) < percent, shuffled: (items) => shuffle(items, below) };
};

/** FNV-1a over UTF-16 code units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
};

const mulberry32 = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const shuffle = <Item>(items: readonly Item[], below: (bound: number) => number): readonly Item[] => {
  const rest = [...items];
  const taken: Item[] = [];
  while (rest.length > 0) taken.push(...rest.splice(below(rest.length), 1));
  return taken;
};
