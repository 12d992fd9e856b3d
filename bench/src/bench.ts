import { version } from '@duckdb/node-api';
import { measureCommand } from './command.js';
import { type CaseFigures, figuresOf } from './figures.js';
import { generate } from './generate.js';
import { measureRounds } from './measure.js';
import type { BenchOptions } from './options.js';
import { measurePlanning } from './planning.js';
import { type BenchReport, machine } from './report.js';

/** Measures everything that the options ask for; `say` hears what comes next. */
export const bench = async (options: BenchOptions, say: (message: string) => void): Promise<BenchReport> => {
  const cases: CaseFigures[] = [];
  for (const rows of options.sizes)
    for (const data of options.states) {
      say(`data: ${rows} rows, ${data}`);
      const dataSet = await generate(rows, data);
      for (const storage of options.storages) {
        say(`measuring ${rows} rows, ${data}, ${storage}: ${options.runs} rounds of four contenders`);
        cases.push(figuresOf({ rows, storage, data, rounds: await measureRounds(dataSet, storage, options.runs) }));
      }
    }
  say('measuring planning and the command');
  return {
    schema: 'aegis.dev/bench/v1',
    ...machine(version()),
    rounds: options.runs,
    cases,
    planning: [
      await measurePlanning(options.command ? 5_000 : 100),
      await measurePlanning(options.command ? 10_000 : 200),
    ],
    command: options.command ? await measureCommand(options.runs) : null,
  };
};
