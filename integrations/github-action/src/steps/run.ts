import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAegis } from '../aegis-program.ts';
import { setOutputs } from '../file-commands.ts';
import { foldersOf, reportIn, workplace } from '../folders.ts';
import { outcomeOf } from '../outcome.ts';
import { readReportFile } from '../report-file.ts';
import { runArguments } from '../run-arguments.ts';
import { runStep, type StepContext } from '../run-step.ts';
import { startProgram } from '../start-program.ts';

const run = async (context: StepContext): Promise<number> => {
  const { env, inputs } = context;
  const { tools, output } = foldersOf(env, inputs);
  const cwd = workplace(env, inputs);
  const program = findAegis({ tools: inputs.install ? tools : undefined, workplace: cwd, path: env.PATH ?? '' });
  const file = reportIn(output);
  const { code, stderr } = await withoutCommands(context, (onOutput) =>
    startProgram(program, runArguments(inputs, file), { cwd, env, onOutput }),
  );
  writeFileSync(join(output, 'errors.txt'), stderr);
  const report = readReportFile(file);
  setOutputs(env, { 'exit-code': code, outcome: outcomeOf(code), 'run-id': report?.run_id ?? '' });
  setOutputs(env, { report: report === undefined ? '' : file });
  if (report) {
    const { passed, warned, failed, errored, not_applicable } = report.summary;
    setOutputs(env, { passed, warned, failed, errored, 'not-applicable': not_applicable });
  }
  return 0;
};

/** What a run prints comes from data: the runner is told to obey none of it. Both streams in one, so that none comes late. */
const withoutCommands = async <Result>(
  { write }: StepContext,
  run: (onOutput: (chunk: string) => void) => Promise<Result>,
): Promise<Result> => {
  const token = randomUUID();
  let last = '\n';
  write(`::stop-commands::${token}\n`);
  try {
    return await run((chunk) => {
      last = chunk.at(-1) ?? last;
      write(chunk);
    });
  } finally {
    write(`${last === '\n' ? '' : '\n'}::${token}::\n`);
  }
};

await runStep(run);
