import { existsSync, readFileSync } from 'node:fs';

/** The members of a report that the action reads; the report is the CLI's, and any other member may be there. */
export interface ReportFacts {
  readonly run_id: string;
  readonly status: string;
  readonly summary: {
    readonly passed: number;
    readonly warned: number;
    readonly failed: number;
    readonly errored: number;
    readonly not_applicable: number;
  };
}

/** `undefined` when the run ended before it wrote a report. */
export const readReportFile = (file: string): ReportFacts | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReportFacts) : undefined;
