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

/** Sites on the way up are bounded: what is farther away is not looked at. */
const mostSites = 40;

/**
 * Every ancestor that hands all of the columns on unchanged, nearest first; the dataset itself leads. Where a column changes
 * its name although the parent has one of the child's name, that reading is a site as well, from which nothing goes on.
 */
export const sitesOf = (index: TraceIndex, dataset: TracedDataset, columns: readonly string[]): readonly Site[] => {
  const sites: Site[] = [{ dataset, columns }];
  const seen = new Set([siteKey(dataset.id, columns)]);
  for (const site of sites) {
    if (site.isByName) continue;
    for (const next of parentSites(index, site)) {
      const key = siteKey(next.dataset.id, next.columns);
      if (seen.has(key) || sites.length >= mostSites) continue;
      seen.add(key);
      sites.push(next);
    }
  }
  return sites;
};

const siteKey = (dataset: string, columns: readonly string[]): string =>
  JSON.stringify([dataset, columns.map((name) => name.toLowerCase())]);

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
