import { copyFileSync, existsSync } from 'node:fs';
import { readEvent } from './event.ts';
import { foldersOf, reportIn } from './folders.ts';
import { codeBlock, codeText } from './markdown.ts';
import { type ComparedReports, compareWith, type ReportRequest } from './report-texts.ts';
import type { StepContext } from './run-step.ts';

export interface Changes {
  readonly compared?: ComparedReports;
  /** In Markdown: why nothing is compared. */
  readonly note?: string;
}

/** What changed since the last run of the base branch, or of the same branch. A comparison that fails costs only itself. */
export const changesSince = async ({ env, inputs }: StepContext, request: ReportRequest): Promise<Changes> => {
  if (!inputs.baseline) return {};
  const baseline = reportIn(foldersOf(env, inputs).baseline);
  const { compareBranch } = readEvent(env);
  if (!existsSync(baseline)) return { note: noBaseline(compareBranch) };
  try {
    return { compared: await compareWith(request, baseline) };
  } catch (error) {
    return { note: unlike(compareBranch, error instanceof Error ? error.message : String(error)) };
  }
};

const noBaseline = (branch: string): string =>
  `> No report of ${codeText(branch)} is kept, so nothing is compared. The next run on that branch keeps one.\n`;

const unlike = (branch: string, reason: string): string =>
  `> The report of ${codeText(branch)} cannot be compared with this one:\n\n${codeBlock(reason)}\n`;

/** Puts the report where the cache takes it from, if it may stand for its branch: a cancelled run tells too little. */
export const keepReport = ({ env, inputs }: StepContext, report: string, status: string): boolean => {
  const isKept = inputs.baseline && readEvent(env).keepBranch !== undefined && status !== 'cancelled';
  if (isKept) copyFileSync(report, reportIn(foldersOf(env, inputs).baseline));
  return isKept;
};
