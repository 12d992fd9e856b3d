import { listRuns, loadReport } from '@aegis/project';
import type { Effects } from '@aegis/project/program';
import { hostFolders } from '../roots/host-folders.js';
import { Roots } from '../roots/roots.js';
import type { Host } from '../server/server-options.js';
import type { Connection } from '../tools/call.js';

const most = 50;

/** Ids of recorded runs that begin so; none where the history cannot be read. */
export const completeRun = async ({ host }: Connection, written: string): Promise<string[]> => {
  const runs = await listRuns({ limit: 200, history: host.options.history }, await effectsOf(host)).catch(() => []);
  return runs
    .map(({ runId }) => runId)
    .filter((runId) => runId.startsWith(written))
    .slice(0, most);
};

/** Ids of the rules that failed in the run, or in the latest, and that begin so. */
export const completeRule = async (
  { host }: Connection,
  written: string,
  run: string | undefined,
): Promise<string[]> => {
  const options = { run: run === '' ? undefined : run, history: host.options.history };
  const report = await loadReport(options, await effectsOf(host)).catch(() => undefined);
  const failed = report?.results.filter(({ outcome }) => outcome === 'fail' || outcome === 'error') ?? [];
  return failed
    .map(({ rule_id }) => rule_id)
    .filter((id) => id.startsWith(written))
    .slice(0, most);
};

/** Completing cannot ask a client for its folders. */
const effectsOf = async (host: Host): Promise<Effects> => ({
  ...host.effects,
  cwd: (await Roots.of(hostFolders(host))).base,
});
