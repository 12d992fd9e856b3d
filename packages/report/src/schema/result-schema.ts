import { outcomes, severities } from '@aegis/spec';
import { z } from 'zod';
import { amount, jsonObject, jsonValue, list, name, row, text } from './wire.js';

export const severitySchema = z.enum(severities);
export const outcomeSchema = z.enum(outcomes);

const failedBySchema = z.object({
  rows: amount.nullable(),
  keys: amount.nullable(),
  values: amount.nullable(),
});

const evidenceSchema = z.object({
  id: name.describe('Unique within the result; claims cite it.'),
  kind: name,
  sentence: text,
  numbers: jsonObject,
  sql: text.optional().describe('Shows the same again.'),
});

const diagnosisSchema = z.object({
  explanation: text,
  likely_cause: text.nullable(),
  recommended_action: text.nullable(),
  evidence: list(evidenceSchema),
});

const rootCauseSchema = z.object({
  dataset: text,
  column: text.nullable(),
  operation: text.nullable(),
  kind: name,
  path: list(text).describe('From the failing table to where the failure enters.'),
  evidence: list(evidenceSchema),
  confidence: z.enum(['high', 'medium', 'low']).optional().describe('How well the evidence supports it.'),
  explanation: text.nullish().describe('A model’s words about it.'),
});

const verificationSchema = z
  .object({ status: z.enum(['verified', 'refuted', 'not_run']), reason: text })
  .catchall(jsonValue);

const remediationSchema = z.object({
  proposed_sql: text,
  confidence: z.enum(['high', 'medium', 'low']),
  caveat: text,
  source: z.enum(['model', 'template']),
  verification: verificationSchema,
});

const locationSchema = z.object({
  file: text,
  line: z.int().min(1),
  column: z.int().min(1),
});

export const resultSchema = z.object({
  rule_id: name,
  rule_type: name,
  description: text.nullable(),
  owner: text.nullable(),
  tags: list(text),
  table: text.describe('As the rule names it.'),
  columns: list(text).describe('As the table spells them.'),
  outcome: outcomeSchema.describe('`error` means that the rule could not be judged.'),
  severity: severitySchema.describe('As declared.'),
  effective_severity: severitySchema.describe('After escalation; decides --fail-on.'),
  escalated: z.boolean().describe('Whether the severity was raised.'),
  model_severity: severitySchema.nullable().describe('A model’s view; decides nothing.'),
  rows_checked: amount.nullable().describe('Rows in scope, after `where`.'),
  rows_failed: amount.nullable().describe('Counts `unit`.'),
  unit: z.enum(['rows', 'keys', 'values', 'table']).describe('`table`: 0 or 1 for the table as a whole.'),
  failed_percent: z.number().min(0).max(100).nullable().describe('For display; judged exactly elsewhere.'),
  failed_by: failedBySchema.nullable().describe('For rules about keys and values: every way to count.'),
  rows_sampled: amount.nullable().describe('For rules that judge a sample: how many rows it had.'),
  observed: jsonObject.describe('Measured figures, the deciding one first.'),
  expected: jsonObject.describe('Limits: `<figure>_min`, `<figure>_max`, `<figure>`.'),
  sample: list(row).describe('Some of the failing rows.'),
  notes: list(text).describe('What concerns this result.'),
  error: z
    .object({ code: name, message: text, hint: text.nullable() })
    .nullable()
    .describe('Why the rule could not be judged.'),
  duration_ms: amount.describe('This rule’s share.'),
  statements: amount.describe('This rule’s share; the sum over all rules is the total.'),
  bytes_scanned: amount.nullable().describe('This rule’s share; null where the warehouse does not say.'),
  consistency: text.describe('What held its statements on one state, e.g. `read transaction`; else `per statement`.'),
  warehouse: text.describe('Its configured name.'),
  location: locationSchema.nullable().describe('Where the rule is written.'),
  diagnosis: diagnosisSchema.nullable().describe('For failures and warnings.'),
  root_cause: rootCauseSchema.nullable().describe('Where lineage says that the failure enters.'),
  remediation: remediationSchema.nullable().describe('A proposed fix. Nothing was applied.'),
});
