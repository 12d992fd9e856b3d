import { resolve } from 'node:path';
import type { LineageGraph, ParentRun, RunEventOptions } from '@aegis/lineage';
import type { Report } from '@aegis/spec';
import { lineageConfig } from '../config/lineage-schema.js';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { checkReplaceable } from '../output/output-file.js';

export interface EventFlags {
  /** File or URL that the run is told to as OpenLineage events; wins over aegis.yaml. */
  readonly openlineage?: string | undefined;
}

/** Tells others of a run. Each gives a note where that failed, which never ends the run. */
export interface RunEvents {
  started(run: { readonly runId: string; readonly startedAt: string }): Promise<readonly string[]>;
  finished(report: Report): Promise<readonly string[]>;
}

/**
 * Where a run is told to, when anything says so.
 * @throws ConfigError `output` for a file that cannot be written, or that holds something else
 */
export const openRunEvents = async (
  flags: EventFlags,
  project: Project,
  effects: Effects,
  graph: LineageGraph | undefined,
): Promise<RunEvents | undefined> => {
  const target = targetOf(flags, project, effects);
  if (target === undefined) return undefined;
  if (!isHttp(target)) await checkReplaceable(target, (beginning) => /^\{"eventType":/.test(beginning));
  const [{ runStarted, runFinished }, { sendEvents }] = await Promise.all([
    import('@aegis/lineage'),
    import('@aegis/lineage/node'),
  ]);
  const options = eventOptions(project, effects, graph);
  const send = async (events: Parameters<typeof sendEvents>[1]): Promise<readonly string[]> => {
    const failure = await sendEvents(target, events, { apiKey: apiKeyOf(effects) });
    return failure === undefined ? [] : [`OpenLineage events were not delivered: ${failure}.`];
  };
  return {
    started: (run) => send([runStarted(run, options)]),
    finished: (report) => send(runFinished(report, options)),
  };
};

const isHttp = (target: string): boolean => /^https?:\/\//i.test(target);

const targetOf = ({ openlineage }: EventFlags, project: Project, { cwd }: Effects): string | undefined => {
  const { export: configured } = lineageConfig(project.config.lineage);
  const written = openlineage ?? (configured && String(project.resolve(configured, ['lineage', 'export'])));
  if (written === undefined || isHttp(written)) return written;
  return resolve(openlineage === undefined ? project.directory : cwd, written);
};

const apiKeyOf = ({ env, secrets }: Effects): string | undefined => {
  const key = env.OPENLINEAGE_API_KEY || undefined;
  if (key !== undefined) secrets.add(key);
  return key;
};

const eventOptions = (
  { name, config }: Project,
  { env }: Effects,
  graph: LineageGraph | undefined,
): RunEventOptions => ({
  namespace: env.OPENLINEAGE_NAMESPACE || (name === 'default' ? 'aegis' : name),
  parent: parentOf(env.OPENLINEAGE_PARENT_ID),
  graph,
  namespaces: Object.fromEntries(
    Object.entries(lineageConfig(config.lineage).warehouses).map(([namespace, warehouse]) => [warehouse, namespace]),
  ),
});

/** `namespace/job/run`, as schedulers hand it to what they start; a job's name may hold slashes. */
const parentOf = (text: string | undefined): ParentRun | undefined => {
  const [, namespace, name, runId] = /^([^/]+)\/(.+)\/([0-9a-f-]{36})$/i.exec(text ?? '') ?? [];
  return namespace === undefined || name === undefined || runId === undefined ? undefined : { namespace, name, runId };
};
