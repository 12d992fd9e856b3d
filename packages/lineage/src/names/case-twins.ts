import type { DatasetName } from './dataset-name.js';
import { partsKey } from './parts.js';

/** A name of a dataset, and which dataset that is. */
export interface PlacedName {
  readonly name: DatasetName;
  readonly dataset: number;
}

/** Names of tables in one place that differ by case alone and are two datasets all the same. */
export const caseTwins = (placed: Iterable<PlacedName>): readonly (readonly [string, string])[] => {
  const first = new Map<string, PlacedName>();
  const twins: [string, string][] = [];
  for (const each of placed) {
    if (each.name.kind !== 'table' || each.name.namespace === '') continue;
    const key = `${each.name.namespace}\n${partsKey(each.name.parts).toLowerCase()}`;
    const other = first.get(key);
    if (!other) first.set(key, each);
    else if (other.dataset !== each.dataset) twins.push([other.name.name, each.name.name]);
  }
  return twins;
};
