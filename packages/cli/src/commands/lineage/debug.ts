import { type DebuggedTable, type DebugTableOptions, debugTable } from '@aegis/project';
import type { CitationStatus, Claim, DebugEvent, JsonValue, ToolUse } from '@aegis/spec';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { timeoutMs } from '../shared-options.js';
import { costJson, costLine, shownText } from './model-answer.js';
import { printable } from './printable.js';

export interface DebugCommandOptions extends Omit<DebugTableOptions, 'onModel' | 'onEvent' | 'timeoutMs'> {
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export const runDebug: RunCommand<DebugCommandOptions> = async ({ json, quiet, timeout, ...options }, effects) => {
  const interruption = effects.interruption();
  const say = sayingTo(effects, quiet);
  try {
    const debugged = await debugTable(
      {
        ...{ ...options, timeoutMs: timeoutMs(timeout) },
        onModel: (model) => say(`Asking ${printable(model)} about ${printable(options.table)}`),
        onEvent: (event) => say(eventLine(event)),
      },
      { ...effects, signal: interruption.signal },
    );
    effects.stdout.write(json ? `${JSON.stringify(debugJson(debugged), null, 2)}\n` : answerText(debugged));
    for (const line of closing(debugged)) say(line);
    return isAnswered(debugged) ? exitCodes.passed : exitCodes.incomplete;
  } finally {
    interruption.release();
  }
};

const sayingTo =
  ({ stderr, secrets }: CliEffects, quiet: boolean | undefined) =>
  (line: string | undefined): void => {
    if (!quiet && line !== undefined) stderr.write(secrets.scrub(`${line}\n`));
  };

const isAnswered = ({ stopReason }: DebuggedTable): boolean =>
  stopReason === 'answered' || stopReason === 'max_iterations';

/** What the model looks at, a line each. */
const eventLine = (event: DebugEvent): string | undefined => {
  if (event.type === 'looking') return `  ${event.id} ${printable(event.tool)} ${argumentText(event.arguments)}`;
  if (event.type === 'found')
    return event.isError ? `  ${event.id} refused: ${printable(firstLine(event.content))}` : undefined;
  if (event.type === 'concluding') return 'It may look no further; asking for what it knows';
  return event.type === 'verifying' ? `Calling ${event.ids.map(printable).join(', ')} again` : undefined;
};

const longestArguments = 200;

/** The SQL of a query, or the arguments as they were given. */
const argumentText = (given: JsonValue): string => {
  const sql = typeof given === 'object' && given !== null && 'sql' in given ? given.sql : undefined;
  const text = (typeof sql === 'string' ? sql : JSON.stringify(given)).replace(/\s+/g, ' ');
  return printable(text.length > longestArguments ? `${text.slice(0, longestArguments)}…` : text);
};

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const answerText = (debugged: DebuggedTable): string => {
  const { answer, verdict, claims, evidence } = debugged;
  const cited = new Set(claims.flatMap(({ citations }) => citations.map(({ id }) => id)));
  const used = evidence.filter(({ id }) => cited.has(id));
  const isBare = verdict === 'explained' && claims.length === 0;
  return [
    shownText(answer),
    ...(verdict === 'insufficient_evidence' && isAnswered(debugged)
      ? ['', 'There is not enough evidence for an answer.']
      : []),
    ...(isBare ? ['', 'NOT SHOWN: the answer cites nothing that was looked at.'] : []),
    ...(claims.length === 0 ? [] : ['', 'What it rests on:', ...claims.map(claimLine)]),
    ...(used.length === 0 ? [] : ['', ...used.map(evidenceLine)]),
    '',
  ].join('\n');
};

const claimLine = ({ text, citations, isSupported }: Claim): string =>
  `  ${isSupported ? 'shown' : 'NOT SHOWN'}  ${printable(text)}${citations.length === 0 ? ' (cites nothing)' : ` (${citations.map(({ id, status }) => `${printable(id)}${statusWords[status]}`).join(', ')})`}`;

const statusWords: { readonly [status in CitationStatus]: string } = {
  reproduced: '',
  changed: ' gave something else when it was called again',
  failed: ' gave an error',
  unknown: ' does not exist',
};

const evidenceLine = ({ id, tool, arguments: given }: ToolUse): string =>
  `  ${id}: ${printable(tool)} ${argumentText(given)}`;

const debugJson = ({ stopReason, runId, cost, claims, ...rest }: DebuggedTable) => {
  const { table, question, model, answer, verdict, evidence, error, notes } = rest;
  return {
    ...{ table, question, answer, verdict, stop_reason: stopReason },
    claims: claims.map(({ text, citations, isSupported }) => ({ text, citations, is_supported: isSupported })),
    evidence: evidence.map(({ isError, ...use }) => ({ ...use, is_error: isError })),
    ...{ error, model, cost: costJson(cost), run_id: runId, notes },
  };
};

const closing = ({ notes, error, cost, runId }: DebuggedTable): readonly string[] => [
  ...notes.map((note) => `note: ${printable(note)}`),
  ...(error?.hint ? [printable(error.hint)] : []),
  `${costLine(cost)}; recorded as ${runId}: aegis audit trajectory ${runId}`,
];
