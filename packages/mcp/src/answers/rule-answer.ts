import { describeResult } from '@aegis/report';
import { formatLocation, outcomes, type RuleResult, severities } from '@aegis/spec';
import { z } from 'zod';
import { shorten } from './shorten.js';

const text = z.string();

/** One rule of a report, in the few fields that say what to look at. */
export const ruleAnswer = z.object({
  rule_id: text,
  rule_type: text,
  table: text,
  columns: z.array(text),
  warehouse: text,
  outcome: z.enum(outcomes),
  severity: z.enum(severities).meta({ description: 'Effective: as declared, or raised because much fails.' }),
  finding: text.meta({ description: 'The result in one sentence.' }),
  rows_failed: z.number().nullable(),
  unit: text.meta({ description: 'What rows_failed counts.' }),
  failed_percent: z.number().nullable(),
  location: text.nullable().meta({ description: 'Where the rule is written: file:line:column.' }),
  error: z.object({ code: text, message: text, hint: text.nullable() }).nullable(),
  likely_cause: text.nullable(),
  root_cause: text.nullable().meta({ description: 'Where lineage says that the failure enters.' }),
  has_fix: z.boolean().meta({ description: 'Whether aegis_propose_fix has something to propose.' }),
});

export type RuleAnswer = z.infer<typeof ruleAnswer>;

const longest = 500;

export const ruleAnswerOf = (result: RuleResult): RuleAnswer => ({
  rule_id: result.rule_id,
  rule_type: result.rule_type,
  table: result.table,
  columns: result.columns.slice(0, 20),
  warehouse: result.warehouse,
  outcome: result.outcome,
  severity: result.effective_severity,
  finding: shorten(describeResult(result), longest),
  rows_failed: result.rows_failed,
  unit: result.unit,
  failed_percent: result.failed_percent,
  location: result.location === null ? null : formatLocation(result.location),
  error: result.error && {
    ...result.error,
    message: shorten(result.error.message, longest),
    hint: result.error.hint && shorten(result.error.hint, longest),
  },
  likely_cause: shortened(result.diagnosis?.likely_cause),
  root_cause: rootCauseWords(result),
  has_fix: result.remediation !== null,
});

const shortened = (words: string | null | undefined): string | null =>
  words === null || words === undefined ? null : shorten(words, longest);

const rootCauseWords = ({ root_cause }: RuleResult): string | null => {
  if (root_cause === null) return null;
  const { dataset, column, kind, path } = root_cause;
  const way = path.length > 1 ? `, by way of ${path.join(' ← ')}` : '';
  return shorten(`${kind}: ${column === null ? dataset : `${dataset}.${column}`}${way}`, longest);
};

/** One line for a rule that asks for attention. */
export const ruleLine = ({ rule_id, table, outcome, severity, finding, error }: RuleAnswer): string =>
  `- [${outcome}, ${severity}] ${rule_id} on ${table}: ${error === null ? finding : `${error.code}: ${error.message}`}`;
