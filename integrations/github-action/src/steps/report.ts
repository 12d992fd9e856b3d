import { join } from 'node:path';
import { findAegis } from '../aegis-program.ts';
import { annotations, nothingRan } from '../annotations.ts';
import { changesSince, keepReport } from '../baseline.ts';
import { addToSummary, setOutputs, writeOutputFile } from '../file-commands.ts';
import { foldersOf, reportIn, workplace } from '../folders.ts';
import { readReportFile } from '../report-file.ts';
import { notStarted, type ReportRequest, renderReport } from '../report-texts.ts';
import { runStep, type StepContext } from '../run-step.ts';
import { type Roots, relocate, type Sarif } from '../sarif.ts';

const report = async (context: StepContext): Promise<number> => {
  const { env, inputs } = context;
  const { tools, output } = foldersOf(env, inputs);
  const report = reportIn(output);
  const facts = readReportFile(report);
  if (facts === undefined) return tellNothingRan(context, output);
  const cwd = workplace(env, inputs);
  const program = findAegis({ tools: inputs.install ? tools : undefined, workplace: cwd, path: env.PATH ?? '' });
  const request = { program, cwd, env, report };
  await Promise.all([
    annotate(context, request, join(output, 'aegis.sarif')),
    tellRun(context, request, join(output, 'told.md')),
  ]);
  setOutputs(env, { keep: String(keepReport(context, report, facts.status)) });
  return 0;
};

const tellNothingRan = (context: StepContext, output: string): number => {
  const { env, inputs, write } = context;
  const { markdown, message } = notStarted(join(output, 'errors.txt'));
  write(nothingRan(message, rootsOf(context)));
  if (inputs.summary) addToSummary(env, markdown);
  setOutputs(env, { markdown: writeOutputFile(join(output, 'told.md'), markdown) });
  return 0;
};

const rootsOf = ({ env, inputs }: StepContext): Roots => {
  const folder = workplace(env, inputs);
  return { workplace: folder, workspace: env.GITHUB_WORKSPACE || folder };
};

const annotate = async (context: StepContext, request: ReportRequest, file: string): Promise<void> => {
  const { env, inputs, write } = context;
  const sarif = relocate(JSON.parse(await renderReport(request, 'sarif')) as Sarif, rootsOf(context));
  if (inputs.annotations) for (const line of annotations(sarif)) write(line);
  setOutputs(env, { sarif: writeOutputFile(file, `${JSON.stringify(sarif, null, 2)}\n`) });
};

/** What changed comes first, where that is known; a pull request without it is told the whole report. */
const tellRun = async (context: StepContext, request: ReportRequest, file: string): Promise<void> => {
  const { env, inputs } = context;
  const [{ compared, note }, whole] = await Promise.all([
    changesSince(context, request),
    renderReport(request, 'markdown'),
  ]);
  if (inputs.summary) addToSummary(env, [compared?.markdown, note, whole].filter(Boolean).join('\n'));
  const told = [compared?.markdown ?? whole, note].filter(Boolean).join('\n');
  setOutputs(env, {
    markdown: writeOutputFile(file, told),
    'newly-failing': compared?.newlyFailing ?? '',
    fixed: compared?.fixed ?? '',
  });
};

await runStep(report);
