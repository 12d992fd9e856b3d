import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

interface ArtifactLocation {
  uri: string;
  uriBaseId?: string;
}

interface SarifLocation {
  physicalLocation?: {
    readonly artifactLocation: ArtifactLocation;
    readonly region?: { readonly startLine: number; readonly startColumn: number };
  };
}

/** A result, or a notification that a rule could not be judged. */
export interface SarifEntry {
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly ruleId?: string;
  readonly associatedRule?: { readonly id: string };
  readonly locations?: readonly SarifLocation[];
}

/** The members of Aegis's SARIF that the action reads. */
export interface Sarif {
  readonly runs: readonly {
    readonly results: readonly SarifEntry[];
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly SarifEntry[] }[];
  }[];
}

/** Results, then notifications. */
export const entriesOf = ({ runs }: Sarif): readonly SarifEntry[] =>
  runs.flatMap(({ results, invocations }) => [
    ...results,
    ...invocations.flatMap(({ toolExecutionNotifications }) => toolExecutionNotifications),
  ]);

/** Where a run was, and where the repository is; both absolute. */
export interface Roots {
  readonly workplace: string;
  readonly workspace: string;
}

/**
 * Aegis names files relative to where it ran; code scanning and annotations want them relative to the repository. What
 * lies outside of it keeps its name.
 */
export const relocate = (sarif: Sarif, roots: Roots): Sarif => {
  for (const { locations = [] } of entriesOf(sarif)) {
    for (const { physicalLocation } of locations) {
      if (physicalLocation) moveToWorkspace(physicalLocation.artifactLocation, roots);
    }
  }
  return sarif;
};

const moveToWorkspace = (artifact: ArtifactLocation, roots: Roots): void => {
  const { uri } = artifact;
  const path = pathInWorkspace(uri.startsWith('file:') ? fileURLToPath(uri) : decodeURIComponent(uri), roots);
  if (path === undefined) return;
  artifact.uri = path.split('/').map(encodeURIComponent).join('/');
  artifact.uriBaseId = '%SRCROOT%';
};

/** A file as the repository names it, with forward slashes; `undefined` outside of it. */
export const pathInWorkspace = (file: string, { workplace, workspace }: Roots): string | undefined => {
  const path = relative(workspace, resolve(workplace, file));
  return isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`) ? undefined : path.split(sep).join('/');
};
