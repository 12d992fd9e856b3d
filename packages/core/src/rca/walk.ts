import type { Rule } from '@aegis/spec';
import { failedShare, type Reading } from './reading.js';
import { type Site, siteKey } from './sites.js';

/** One site on the way up, with what was read there. */
export interface ReadSite {
  readonly site: Site;
  readonly reading: Reading;
  /** As it was asked there. */
  readonly rule?: Rule | undefined;
}

/** How far up a failure could be followed. */
export interface Walked {
  /** The farthest site that fails, reached through failing sites only. */
  readonly entry: Site;
  readonly entryReading: Reading;
  readonly entryRule: Rule | undefined;
  /** From the failing table to the entry. */
  readonly steps: readonly ReadSite[];
  /** What the entry is made from and could be read. */
  readonly holding: readonly ReadSite[];
  /** What the entry is made from and could not be read. */
  readonly unknown: readonly ReadSite[];
  /** The columns read under their own names, where lineage says that others feed them. */
  readonly byName: ReadSite | undefined;
}

/** Follows a failure from the failing table through the sites that fail as well. The first site is the table itself. */
export const walkUp = (read: readonly ReadSite[]): Walked | undefined => {
  const [start] = read;
  if (!start) return undefined;
  const steps = [start];
  const passed = new Set<string>();
  for (;;) {
    const current = steps.at(-1) ?? start;
    passed.add(siteKey(current.site));
    const above = read.filter(({ site }) => isAbove(site, current.site) && !passed.has(siteKey(site)));
    const failing = above.filter(({ site, reading }) => !site.isByName && reading.status === 'fails');
    const byName = above.find(({ site }) => site.isByName);
    const next = isExchanged(byName) ? undefined : mostFailing(failing);
    if (!next) return walked(current, steps, above, byName);
    steps.push(next);
  }
};

/** One table may feed several: each way to it is a site of its own. */
const isAbove = ({ child }: Site, site: Site): boolean => child !== undefined && siteKey(child) === siteKey(site);

/** The columns hold under their own names: an operation put others in their place. */
const isExchanged = (byName: ReadSite | undefined): boolean => byName?.reading.status === 'holds';

const walked = (
  { site, reading, rule }: ReadSite,
  steps: readonly ReadSite[],
  above: readonly ReadSite[],
  byName: ReadSite | undefined,
): Walked => ({
  ...{ entry: site, entryReading: reading, entryRule: rule, steps },
  holding: above.filter((each) => !each.site.isByName && each.reading.status === 'holds'),
  unknown: above.filter((each) => !each.site.isByName && each.reading.status === 'unknown'),
  byName: isExchanged(byName) ? byName : undefined,
});

const mostFailing = (read: readonly ReadSite[]): ReadSite | undefined =>
  [...read].sort((a, b) => (failedShare(b.reading) ?? 1) - (failedShare(a.reading) ?? 1))[0];
