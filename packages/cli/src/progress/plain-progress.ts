import type { CliEffects } from '../cli-effects.js';
import { count, duration } from '../render/amounts.js';
import type { Progress } from './progress.js';
import { comparisonWords, Tally } from './tally.js';

/** A line when the run starts, one for each table that is done, and one for each round of a comparison: for logs. */
export const plainProgress = ({ stderr }: CliEffects): Progress => {
  const tally = new Tally();
  return {
    show: (event) => {
      tally.add(event);
      if (event.type === 'note') stderr.write(`${event.message}\n`);
      if (event.type === 'run_started') {
        stderr.write(`Run ${event.runId}: ${count(event.rules, 'rule')} on ${count(event.tables.length, 'table')}\n`);
      }
      if (event.type === 'comparison_progress') stderr.write(`${comparisonWords(event)}\n`);
      if (event.type === 'table_finished') {
        stderr.write(`${event.table}: ${tally.table(event.table)}, ${duration(event.durationMs)}\n`);
      }
    },
    end: () => undefined,
  };
};
