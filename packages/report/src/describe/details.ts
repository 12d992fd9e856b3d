import type { Diagnosis, Evidence, Remediation, RootCause, RuleResult } from '@aegis/spec';
import { describeOtherFigures } from './describe-result.js';

/** One labelled paragraph about a result, or one labelled statement of SQL. Untouched text: each renderer escapes it. */
export interface Detail {
  readonly label: string;
  readonly text: string;
  readonly isSql?: boolean;
  /** The query that shows a fact again: for readers who doubt it. */
  readonly isProof?: boolean;
}

/** All that a result says beyond its finding and its sample, in reading order: the same in every format for people. */
export const detailsOf = (result: RuleResult): Detail[] => [
  ...figures(result),
  ...result.notes.map((text) => ({ label: 'Note', text })),
  ...(result.model_severity === null ? [] : [{ label: 'Model', text: `sees severity ${result.model_severity}` }]),
  ...(result.diagnosis ? diagnosisDetails(result.diagnosis) : []),
  ...(result.root_cause ? rootCauseDetails(result.root_cause) : []),
  ...(result.remediation ? remediationDetails(result.remediation) : []),
];

const figures = (result: RuleResult): Detail[] => {
  const text = describeOtherFigures(result).join(', ');
  return text === '' ? [] : [{ label: 'Also measured', text }];
};

const labelled = (label: string, text: string | null): Detail[] => (text === null ? [] : [{ label, text }]);

const evidenceDetails = (evidence: readonly Evidence[]): Detail[] =>
  evidence.flatMap(({ id, sentence, sql }) => [
    { label: `Evidence ${id}`, text: sentence },
    ...(sql === undefined ? [] : [{ label: `Query ${id}`, text: sql, isSql: true, isProof: true }]),
  ]);

const diagnosisDetails = (diagnosis: Diagnosis): Detail[] => [
  { label: 'Explanation', text: diagnosis.explanation },
  ...labelled('Likely cause', diagnosis.likely_cause),
  ...labelled('Next step', diagnosis.recommended_action),
  ...evidenceDetails(diagnosis.evidence),
];

const rootCauseDetails = (cause: RootCause): Detail[] => [
  { label: 'Root cause', text: whereAndWhat(cause) },
  ...labelled('Operation', cause.operation),
  ...(cause.path.length > 1 ? [{ label: 'Path', text: pathText(cause) }] : []),
  ...labelled('On the cause', cause.explanation ?? null),
  ...evidenceDetails(cause.evidence),
];

const whereAndWhat = ({ dataset, column, kind, confidence }: RootCause): string => {
  const what = kind.replaceAll('_', ' ');
  const howSure = confidence === undefined ? '' : `, confidence ${confidence}`;
  return `${column === null ? dataset : `${dataset}.${column}`} (${what}${howSure})`;
};

/** From the failing table up to where the failure enters, which is marked; not where nobody knows. */
const pathText = ({ dataset, kind, path }: RootCause): string => {
  const entry = kind === 'unknown' ? -1 : path.lastIndexOf(dataset);
  return path.map((name, index) => (index === entry ? `${name} (enters here)` : name)).join(' ← ');
};

const trials = { verified: 'tried and verified', refuted: 'tried and refuted', not_run: 'not tried' } as const;
const authors = { model: 'proposed by the model', template: 'from a template' } as const;

const remediationDetails = ({ proposed_sql, confidence, caveat, source, verification }: Remediation): Detail[] => [
  {
    label: 'Proposed fix',
    text: `${authors[source]}, confidence ${confidence}, ${trials[verification.status]}: ${verification.reason}`,
  },
  { label: 'Fix', text: proposed_sql, isSql: true },
  ...labelled('Caveat', caveat === '' ? null : caveat),
];
