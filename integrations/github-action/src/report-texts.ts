import { readFileSync } from 'node:fs';
import type { Program } from './aegis-program.ts';
import { codeBlock } from './markdown.ts';
import { startProgram } from './start-program.ts';

/** What the action has of a run, to tell it. */
export interface ReportRequest {
  readonly program: Program;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report: string;
}

/** Renders the report with the Aegis that made it. @throws Error with what Aegis said */
export const renderReport = async (request: ReportRequest, format: 'markdown' | 'sarif'): Promise<string> =>
  output(request, ['report', request.report, `--format=${format}`]);

/** The counts of a comparison that the action reads. */
interface ComparisonFacts {
  readonly counts: { readonly newly_failing: number; readonly fixed: number };
  readonly changes: readonly { readonly kind: string; readonly after: { readonly outcome: string } | null }[];
}

export interface ComparedReports {
  readonly markdown: string;
  /** Added rules that fail included. */
  readonly newlyFailing: number;
  readonly fixed: number;
}

/** Compares with an earlier report. @throws Error with what Aegis said, e.g. of a report of a later version */
export const compareWith = async (request: ReportRequest, baseline: string): Promise<ComparedReports> => {
  const compare = (format: string) =>
    output(request, ['report', 'compare', `--format=${format}`, baseline, request.report]);
  const [json, markdown] = await Promise.all([compare('json'), compare('markdown')]);
  const { counts, changes } = JSON.parse(json) as ComparisonFacts;
  const added = changes.filter(({ kind, after }) => kind === 'added' && after?.outcome === 'fail').length;
  return { markdown, newlyFailing: counts.newly_failing + added, fixed: counts.fixed };
};

const output = async ({ program, cwd, env }: ReportRequest, args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await startProgram(program, args, { cwd, env });
  if (code === 0) return stdout;
  throw new Error(firstError(stderr));
};

/** What Aegis said was wrong: the last error that it printed, without what came before. */
const firstError = (printed: string): string => {
  const lines = printed.trim().split('\n');
  const at = lines.findLastIndex((line) => line.startsWith('error: '));
  return (at < 0 ? lines.slice(-1) : lines.slice(at)).join('\n').replace(/^error: /, '') || 'Aegis said nothing.';
};

/** What there is to tell when nothing ran. */
export const notStarted = (errorsFile: string): { readonly markdown: string; readonly message: string } => {
  const printed = readFileSync(errorsFile, 'utf8');
  const message = firstError(printed);
  return { markdown: `## Aegis: nothing ran\n\n${codeBlock(message)}\n`, message };
};
