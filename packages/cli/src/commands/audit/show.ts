import { type ShownRun, type ShowRunOptions, showRun } from '@aegis/project';
import type { Report } from '@aegis/spec';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count, duration } from '../../render/amounts.js';
import { columns } from '../../render/columns.js';

export interface ShowCommandOptions extends ShowRunOptions {
  readonly json?: boolean | undefined;
}

export const runShow: RunCommand<ShowCommandOptions> = async ({ json, ...options }, effects) => {
  const shown = await showRun(options, effects);
  effects.stdout.write(json ? `${JSON.stringify(shown, null, 2)}\n` : describe(shown));
  return exitCodes.passed;
};

const describe = ({ run, steps }: ShownRun): string =>
  [
    columns([
      ['run', run.runId],
      ['status', run.status],
      ['started', run.startedAt],
      ['finished', run.finishedAt ?? '-'],
      ['rules', run.rulesFiles.join(', ') || '-'],
      ['warehouse', run.warehouse],
      ['model', run.llm ?? 'none'],
    ]),
    ...(steps.length === 0 ? [] : [columns([['STEP', 'TABLE', 'TOOK', 'OUTCOME'], ...steps.map(stepRow)])]),
    ...(run.report ? [results(run.report)] : []),
  ].join('\n');

const stepRow = ({ node, table, durationMs, outcome, detail }: ShownRun['steps'][number]): readonly string[] => [
  node,
  table ?? '-',
  duration(durationMs),
  detail === undefined ? outcome : `${outcome}: ${detail}`,
];

const results = ({ results: all }: Report): string =>
  columns([
    ['RULE', 'TABLE', 'OUTCOME', 'SEVERITY', 'FAILED'],
    ...all.map(({ rule_id, table, outcome, effective_severity, rows_failed, unit }) => [
      rule_id,
      table,
      outcome,
      effective_severity,
      failedCount(rows_failed, unit),
    ]),
  ]);

const failedCount = (failed: number | null, unit: Report['results'][number]['unit']): string => {
  if (failed === null || unit === 'table') return '-';
  return count(failed, unit.slice(0, -1));
};
