import { arrowOf } from '../architecture/arrows.js';

/** A changeset: its file and the packages it releases. */
export interface Changeset {
  readonly file: string;
  readonly packages: readonly string[];
}

/** Packages that take sources of others into their build, by what they take in. */
export type Bundles = ReadonlyMap<string, readonly string[]>;

/** The bundling packages among `shortNames`, from the table of arrows. */
export const bundlesOf = (shortNames: readonly string[]): Bundles =>
  new Map(
    shortNames.flatMap((shortName) => {
      const { uses = [], bundles } = arrowOf(shortName) ?? {};
      if (!bundles) return [];
      const taken = [...uses, ...bundles].map((specifier) => `@aegis/${specifier.split('/')[0]}`);
      return [[`@aegis/${shortName}`, [...new Set(taken)]] as const];
    }),
  );

/**
 * Bundling packages that have to be released too, and are in no changeset. Changesets releases the dependents of a package;
 * a package that was bundled is a development dependency, which it does not count.
 */
export const missingReleases = (changesets: readonly Changeset[], bundles: Bundles): readonly string[] => {
  const released = new Set(changesets.flatMap(({ packages }) => packages));
  return [...bundles].flatMap(([bundler, taken]) => {
    const cause = changesets.find(({ packages }) => packages.some((name) => taken.includes(name)));
    if (!cause || released.has(bundler)) return [];
    return [`${cause.file} changes what ${bundler} bundles: name ${bundler} in a changeset too`];
  });
};
