import { Redactor } from '@aegis/llm/redaction';
import type { Report, RuleResult, RunEvent } from '@aegis/spec';
import type { ProjectConfig } from '../config/config-schema.js';
import type { SamplePolicy } from '../config/sample-policies.js';
import type { SecretRegistry } from '../secrets/secret-registry.js';
import { redactReport, redactResult, type StoredSamples } from './redact-report.js';

/** The redaction of one run: what is stored, written or sent goes through it. */
export interface RunMasking {
  readonly redactor: Redactor;
  readonly stored: StoredSamples;
  report(report: Report): Report;
  result(result: RuleResult): RuleResult;
  event(event: RunEvent): RunEvent;
  /** Whether values of a column, or this one, may be kept as they are. */
  mayKeep(column: string, value?: string): boolean;
  /** For the terminal only: row values as they are under `full`, without secrets all the same. */
  shown(report: Report): Report;
}

export const runMasking = (
  { redaction }: ProjectConfig,
  samples: SamplePolicy | undefined,
  secrets: SecretRegistry,
  salt?: Uint8Array,
): RunMasking => {
  const policy = samples ?? redaction.samples ?? 'redacted';
  const { mask_columns: maskColumns, keep_columns: keepColumns } = redaction;
  const redactor = new Redactor({ maskColumns, keepColumns }, secrets, { salt });
  const stored = policy === 'none' ? 'none' : 'redacted';
  const report = (whole: Report): Report => redactReport(whole, redactor, stored);
  const result = (one: RuleResult): RuleResult => redactResult(one, redactor, stored);
  return {
    redactor,
    stored,
    report,
    result,
    event: (event) => maskedEvent(event, { report, result, text: (text) => redactor.text(text) }),
    mayKeep: (column, value) =>
      stored !== 'none' && !redactor.masksColumn(column) && (value === undefined || redactor.text(value) === value),
    shown: (whole) => (policy === 'full' ? withoutSecrets(whole, secrets) : report(whole)),
  };
};

interface Masks {
  readonly report: (report: Report) => Report;
  readonly result: (result: RuleResult) => RuleResult;
  readonly text: (text: string) => string;
}

const maskedEvent = (event: RunEvent, masks: Masks): RunEvent => {
  if (event.type === 'rule_finished') return { ...event, result: masks.result(event.result) };
  if (event.type === 'note') return { ...event, message: masks.text(event.message) };
  if (event.type === 'run_finished') return { ...event, report: masks.report(event.report) };
  return event;
};

const withoutSecrets = (report: Report, secrets: SecretRegistry): Report => ({
  ...report,
  notes: report.notes.map((note) => secrets.scrub(note)),
  results: report.results.map((result) => ({
    ...result,
    error: result.error && { ...result.error, message: secrets.scrub(result.error.message) },
  })),
});
