import { browserSafe, keptOutOfRoots } from './arrows.js';
import { error, type Finding } from './finding.js';
import { type Reach, reachOf } from './reach.js';
import { isPublished, type Workspace } from './workspace.js';

/** A root entry and what it reaches. */
export interface ReachedEntry {
  readonly specifier: string;
  /** Source of the entry, relative to the root. */
  readonly file: string;
  readonly isBrowserSafe: boolean;
  readonly reach: Reach;
}

export interface ReachReport {
  readonly entries: readonly ReachedEntry[];
  readonly findings: readonly Finding[];
}

/** Bundles the root entry of every published library and looks for what must stay out. */
export const checkReach = async (workspace: Workspace): Promise<ReachReport> => {
  const reports = await Promise.all(rootEntries(workspace).map((entry) => reportOn(workspace, entry)));
  return {
    entries: reports.flatMap(({ entries }) => entries),
    findings: reports.flatMap(({ findings }) => findings),
  };
};

type RootEntry = Omit<ReachedEntry, 'reach'>;

const rootEntries = ({ packages, paths }: Workspace): readonly RootEntry[] =>
  packages.filter(isPublished).flatMap(({ shortName, manifest }) => {
    const file = manifest.exports?.['.'] ? paths.get(manifest.name) : undefined;
    return file ? [{ specifier: manifest.name, file, isBrowserSafe: browserSafe.includes(shortName) }] : [];
  });

const reportOn = async ({ root }: Workspace, entry: RootEntry): Promise<ReachReport> => {
  const { isBrowserSafe, file } = entry;
  try {
    const reach = await reachOf(file, { root, throughPackages: isBrowserSafe, throughLazyImports: isBrowserSafe });
    const reached = { ...entry, reach };
    return { entries: [reached], findings: findingsOf(reached) };
  } catch (cause) {
    return { entries: [], findings: [error(file, `does not bundle: ${messageOf(cause)}`)] };
  }
};

const messageOf = (cause: unknown) =>
  cause instanceof Error ? cause.message.split('\n').slice(0, 2).join(' ') : String(cause);

const findingsOf = ({ specifier, file, isBrowserSafe, reach }: ReachedEntry): readonly Finding[] =>
  [...reach.modules]
    .filter(([name]) => !file.startsWith(`${name}/`))
    .filter(([name]) => keptOutOfRoots.includes(name) || (isBrowserSafe && name.startsWith('node:')))
    .map(([name, way]) => error(file, `${specifier} reaches ${name} through ${way.join(' → ')}`));
