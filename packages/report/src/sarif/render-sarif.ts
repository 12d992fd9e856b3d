import type { Report, RuleResult } from '@aegis/spec';
import type { Invocation, Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { describeResult } from '../describe/describe-result.js';
import { subjectOf } from '../describe/result-words.js';
import { incompleteReason } from '../describe/summary-words.js';
import { visible } from '../text/visible.js';
import { artifactLocation } from './artifact-location.js';
import { message } from './sarif-text.js';

export interface SarifOptions {
  /** Version of the tool that made the report. Default: not stated. */
  readonly version?: string;
}

/**
 * The report as a SARIF 2.1.0 log, as code scanning reads it. Failures and warnings are results at the place of their
 * rule in the rules file; rules that could not be judged are notifications of the invocation.
 */
export const renderSarif = (report: Report, { version }: SarifOptions = {}): string => {
  const ruleIndexes = new Map(report.results.map(({ rule_id }, index) => [rule_id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Aegis', ...(version !== undefined && { version }), rules: report.results.map(descriptor) },
        },
        invocations: [invocation(report, ruleIndexes)],
        columnKind: 'unicodeCodePoints',
        results: report.results
          .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
          .map((result) => sarifResult(result, ruleIndexes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'warning', info: 'note' } as const;

/** A rule that only warned is never an error, however grave its failure would be. */
const levelOf = ({ outcome, effective_severity }: RuleResult) => {
  const level = levels[effective_severity];
  return outcome === 'warn' && level === 'error' ? 'warning' : level;
};

const descriptor = (result: RuleResult): ReportingDescriptor => ({
  id: visible(result.rule_id),
  name: result.rule_type,
  shortDescription: message(result.description ?? `${result.rule_type} on ${subjectOf(result)}`),
  defaultConfiguration: { level: levels[result.severity] },
  properties: {
    tags: ['data-quality', ...result.tags.map(visible)],
    'problem.severity': problemSeverities[levels[result.severity]],
  },
});

/** The words of GitHub's code scanning. */
const problemSeverities = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

const sarifResult = (result: RuleResult, ruleIndexes: ReadonlyMap<string, number>): Result => ({
  ruleId: visible(result.rule_id),
  ruleIndex: ruleIndexes.get(result.rule_id) ?? -1,
  level: levelOf(result),
  message: message(describeResult(result)),
  locations: [locationOf(result)],
  partialFingerprints: { 'aegisRule/v1': visible([result.warehouse, result.table, result.rule_id].join('/')) },
  properties: {
    outcome: result.outcome,
    severity: result.effective_severity,
    rowsFailed: result.rows_failed,
    unit: result.unit,
    observed: result.observed,
    expected: result.expected,
    rootCause: result.root_cause?.dataset ?? null,
    proposedSql: result.remediation?.proposed_sql ?? null,
  },
});

const locationOf = (result: RuleResult): Location => ({
  ...(result.location && {
    physicalLocation: {
      artifactLocation: artifactLocation(result.location.file),
      region: { startLine: result.location.line, startColumn: result.location.column },
    },
  }),
  logicalLocations: [{ fullyQualifiedName: visible(subjectOf(result)) }],
});

const invocation = (report: Report, ruleIndexes: ReadonlyMap<string, number>): Invocation => {
  const errors = report.results.filter(({ outcome }) => outcome === 'error');
  const reason = incompleteReason(report);
  return {
    executionSuccessful: reason === undefined && errors.length === 0,
    startTimeUtc: report.started_at,
    endTimeUtc: report.finished_at,
    toolExecutionNotifications: [
      ...errors.map((result) => errorNotification(result, ruleIndexes)),
      ...(reason === undefined ? [] : [{ level: 'error' as const, message: message(reason) }]),
      ...report.notes.map((note) => ({ level: 'note' as const, message: message(note) })),
    ],
  };
};

const errorNotification = (result: RuleResult, ruleIndexes: ReadonlyMap<string, number>): Notification => {
  const { code, hint } = result.error ?? { code: 'error', hint: null };
  return {
    descriptor: { id: code },
    associatedRule: { id: visible(result.rule_id), index: ruleIndexes.get(result.rule_id) ?? -1 },
    level: 'error',
    message: message([describeResult(result), ...(hint === null ? [] : [hint])].join(' ')),
    locations: [locationOf(result)],
  };
};
