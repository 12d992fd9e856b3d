import { resolve } from 'node:path';
import type { Lineage } from '@aegis/spec';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { optionalFactory } from './optional-package.js';

export interface LineageFlags {
  /** Files, folders or URLs; they replace those of aegis.yaml. */
  readonly lineage?: readonly string[] | undefined;
}

/**
 * The lineage graph, when any source of one was named.
 * @throws ConfigError `missing-adapter` where it was named and is not installed
 */
export const loadLineage = async (
  { lineage = [] }: LineageFlags,
  project: Project,
  effects: Effects,
): Promise<Lineage | undefined> => {
  const named = lineage.length > 0;
  const sources = named ? absolute(lineage, effects.cwd) : configuredSources(project);
  if (sources.length === 0) return undefined;
  const openLineage = await optionalFactory(
    {
      name: '@aegis/lineage',
      wantedBy: named ? '--lineage' : 'lineage in aegis.yaml',
      factory: 'openLineage',
      install: ['@aegis/lineage'],
    },
    [project.directory, effects.cwd],
    effects,
  );
  return (await openLineage(sources)) as Lineage;
};

const configuredSources = (project: Project): readonly string[] =>
  absolute(
    project.config.lineage.map((source, index) => String(project.resolve(source, ['lineage', index]))),
    project.directory,
  );

const absolute = (sources: readonly string[], folder: string): readonly string[] =>
  sources.map((source) => (/^[a-z][a-z0-9+.-]+:\/\//i.test(source) ? source : resolve(folder, source)));
