import type { FinishedPipeline, StatementOutcome } from '@aegis/project';
import { count, duration } from '../../render/amounts.js';

/** One line for a statement that went well; a failure with its message and where it is. */
export const renderStatement = (outcome: StatementOutcome): string => {
  const { location, error } = outcome;
  const place = `${location.file}:${location.line}`;
  if (!error) return `  ok      ${place}  ${whatItDid(outcome)}`;
  const lines = [`  failed  ${place}  ${whatItDid(outcome)}`, ...error.message.trimEnd().split('\n').map(indented)];
  return [...lines, ...(error.hint === undefined ? [] : [indented(error.hint)])].join('\n');
};

const indented = (line: string): string => `          ${line}`.trimEnd();

const whatItDid = ({ kind, output, rowsAffected, durationMs }: StatementOutcome): string =>
  [
    `${kind.replaceAll('_', ' ')}${output ? ` ${output.join('.')}` : ''}`,
    ...(rowsAffected === null ? [] : [rows(rowsAffected)]),
    duration(durationMs),
  ].join(', ');

const rows = (number: string): string => `${BigInt(number).toLocaleString('en')} row${number === '1' ? '' : 's'}`;

/** What the whole pipeline came to, and where it is recorded. */
export const renderSummary = (finished: FinishedPipeline): string => {
  const { statements, notRun, status, runId, warehouse, history } = finished;
  const ran = `${count(statements.length, 'statement')} in ${warehouse}`;
  const left = notRun === 0 ? '' : `, ${notRun} not run`;
  const outcome = status === 'completed' ? `Completed: ${ran}.` : `Failed: ${ran}, the last one failed${left}.`;
  return `${[outcome, ...(history === null ? [] : [`Recorded as run ${runId} in ${history}.`])].join('\n')}\n`;
};

/** For programs, in the names of the reports. */
export const pipelineJson = (finished: FinishedPipeline) => ({
  schema: 'aegis.dev/pipeline/v1',
  run_id: finished.runId,
  status: finished.status,
  warehouse: finished.warehouse,
  history: finished.history,
  statements: finished.statements.map(statementJson),
  not_run: finished.notRun,
  not_recorded: finished.lost,
  notes: finished.notes,
});

const statementJson = ({ location, sql, kind, output, rowsAffected, durationMs, status, error }: StatementOutcome) => ({
  ...{
    location,
    kind,
    output: output?.join('.') ?? null,
    rows_affected: rowsAffected,
    duration_ms: durationMs,
    status,
  },
  error: error && { code: error.code, message: error.message, hint: error.hint ?? null },
  sql,
});
