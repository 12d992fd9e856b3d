import { type ExplainedTable, type ExplainTableOptions, explainTable } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { costJson, costLine, shownText } from './model-answer.js';
import { printable } from './printable.js';

export interface ExplainCommandOptions extends Omit<ExplainTableOptions, 'onModel'> {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export const runExplain: RunCommand<ExplainCommandOptions> = async ({ json, quiet, ...options }, effects) => {
  const interruption = effects.interruption();
  const say = (line: string): void => {
    if (!quiet) effects.stderr.write(effects.secrets.scrub(`${line}\n`));
  };
  try {
    const onModel = (model: string): void => say(`Asking ${printable(model)} how ${printable(options.table)} is made`);
    const explained = await explainTable({ ...options, onModel }, { ...effects, signal: interruption.signal });
    effects.stdout.write(
      json ? `${JSON.stringify(explanationJson(explained), null, 2)}\n` : `${shownText(explained.answer)}\n`,
    );
    for (const line of closing(explained)) say(line);
    return explained.isComplete ? exitCodes.passed : exitCodes.incomplete;
  } finally {
    interruption.release();
  }
};

const explanationJson = ({
  table,
  question,
  answer,
  shown,
  leftOut,
  isComplete,
  model,
  cost,
  runId,
  notes,
}: ExplainedTable) => ({
  ...{ table, question, answer, shown, left_out: leftOut, is_complete: isComplete },
  ...{ model, cost: costJson(cost), run_id: runId, notes },
});

const closing = ({ notes, leftOut, isComplete, cost, runId }: ExplainedTable): readonly string[] => [
  ...notes.map((note) => `note: ${printable(note)}`),
  ...(leftOut.length === 0 ? [] : [`There was no room for ${listed(leftOut)}.`]),
  ...(isComplete ? [] : ['The answer is not whole.']),
  `${costLine(cost)}; recorded as ${runId}`,
];

const mostListed = 10;

const listed = (names: readonly string[]): string =>
  names.slice(0, mostListed).map(printable).join(', ') +
  (names.length > mostListed ? ` and ${names.length - mostListed} more` : '');
