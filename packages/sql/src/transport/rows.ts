import type { Cell, Row } from '@aegis/spec';

/** Column names made unique, since a row is keyed by them: a second `id` is `id_2`. */
export const uniqueNames = (names: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}_${count}`;
    taken.add(unique);
    return unique;
  });
};

/** A row keyed by name, also for names such as `__proto__`. */
export const rowOf = (names: readonly string[], cells: readonly Cell[]): Row =>
  Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null]));
