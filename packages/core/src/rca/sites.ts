import type { TracedColumnEdge, TracedDataset } from '@aegis/spec';
import { sameName, type TraceIndex } from './trace-index.js';

/** A dataset on the way up in which the columns in question already exist, under names of its own. */
export interface Site {
  readonly dataset: TracedDataset;
  /** The columns in question, in the order in which they were asked for, as this dataset names them. */
  readonly columns: readonly string[];
  /** The next step toward the failing table; `undefined` for the table itself. */
  readonly child?: Site | undefined;
  /** What makes the child from it. */
  readonly operation?: string | undefined;
  /** Whether the columns were taken by their names although lineage says that others feed them. */
  readonly isByName?: boolean | undefined;
}

/** Sites on the way up are bounded: what is farther away is not looked at, and said to be unknown. */
export const mostSites = 40;

/**
 * Every ancestor that hands all of the columns on unchanged, nearest first; the dataset itself leads, and one that feeds several
 * stands there once for each. Where a column changes its name although the parent has one of the child's name, that reading is a
 * site as well, from which nothing goes on.
 */
export const sitesOf = (index: TraceIndex, dataset: TracedDataset, columns: readonly string[]): readonly Site[] => {
  const sites: Site[] = [{ dataset, columns }];
  const known = new Set(sites.map(siteKey));
  const passed = new Set<string>();
  for (const site of sites) {
    if (site.isByName || passed.has(siteKey(site))) continue;
    passed.add(siteKey(site));
    for (const next of parentSites(index, site)) {
      if (!known.has(siteKey(next)) && known.size >= mostSites) continue;
      known.add(siteKey(next));
      sites.push(next);
    }
  }
  return sites;
};

/** Sites above these that are not among them, for there are too many: one for each step that lacks any. */
export const sitesBeyond = (index: TraceIndex, sites: readonly Site[]): readonly Site[] => {
  const known = new Set(sites.map(siteKey));
  if (known.size < mostSites) return [];
  const passed = new Map(sites.map((site) => [siteKey(site), site]));
  return [...passed.values()].flatMap((site) => {
    const beyond = site.isByName ? [] : parentSites(index, site).filter((next) => !known.has(siteKey(next)));
    return beyond.slice(0, 1);
  });
};

/** The same for the same columns of one dataset, whichever way leads there. */
export const siteKey = ({ dataset, columns, isByName = false }: Site): string =>
  JSON.stringify([dataset.id, columns.map((name) => name.toLowerCase()), isByName]);

const parentSites = (index: TraceIndex, child: Site): readonly Site[] =>
  index.parentsOf(child.dataset.id).flatMap((dataset) => {
    const edges = child.columns.map((column) => identityInto(index, child.dataset.id, column, dataset.id));
    if (edges.length === 0 || !edges.every((edge) => edge !== undefined)) return [];
    const operation = edges[0]?.operation;
    const carried: Site = { dataset, child, operation, columns: edges.map(({ from }) => from.column) };
    return [carried, ...byName(carried)];
  });

const identityInto = (
  index: TraceIndex,
  dataset: string,
  column: string,
  parent: string,
): TracedColumnEdge | undefined =>
  index.inputsOf({ dataset, column }).find(({ from, subtype }) => from.dataset === parent && subtype === 'IDENTITY');

/** Renamed to a name that the parent has for something else. */
const byName = (site: Site): readonly Site[] => {
  const { child, dataset, columns } = site;
  if (!child || columns.every((column, index) => sameName(column, child.columns[index] ?? column))) return [];
  const own = child.columns.map((name) => dataset.columns.find((column) => sameName(column, name)));
  return own.every((name) => name !== undefined) ? [{ ...site, columns: own, isByName: true }] : [];
};

/** From the failing table to the site, by name. */
export const pathTo = (site: Site): readonly string[] => [...(site.child ? pathTo(site.child) : []), site.dataset.name];
