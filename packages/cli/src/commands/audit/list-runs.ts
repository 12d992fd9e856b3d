import { type ListRunsOptions, listRuns } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { columns } from '../../render/columns.js';

export interface ListRunsCommandOptions extends ListRunsOptions {
  readonly json?: boolean | undefined;
}

export const runListRuns: RunCommand<ListRunsCommandOptions> = async ({ json, ...options }, effects) => {
  const runs = await listRuns(options, effects);
  effects.stdout.write(json ? `${JSON.stringify(runs, null, 2)}\n` : listing(runs));
  return exitCodes.passed;
};

type Runs = Awaited<ReturnType<typeof listRuns>>;

const listing = (runs: Runs): string =>
  runs.length === 0
    ? 'No run is recorded yet. `aegis run RULES` records one.\n'
    : columns([
        ['RUN', 'KIND', 'STARTED', 'STATUS', 'RULES', 'FAILED', 'ERRORS', 'WAREHOUSE'],
        ...runs.map(({ runId, kind, startedAt, status, summary, warehouse }) => [
          runId,
          kind,
          startedAt.slice(0, 19).replace('T', ' '),
          status,
          figure(summary?.total_rules),
          figure(summary?.failed),
          figure(summary?.errored),
          warehouse,
        ]),
      ]);

const figure = (value: number | undefined): string => (value === undefined ? '-' : String(value));
