import { z } from 'zod';
import { outcomeSchema, resultSchema, severitySchema } from './result-schema.js';
import { amount, instant, jsonObject, list, name, text } from './wire.js';

export const summarySchema = z.object({
  total_rules: amount.describe('passed + warned + failed + errored + not_applicable'),
  passed: amount,
  warned: amount,
  failed: amount,
  errored: amount,
  not_applicable: amount,
  pass_rate: z.number().min(0).max(100).nullable().describe('In percent; null when nothing was judged.'),
  severity_breakdown: z.record(severitySchema, amount).describe('Failed rules by effective severity.'),
  queries: amount.describe('Statements sent to warehouses.'),
  bytes_scanned: amount.nullable().describe('null where a warehouse does not say.'),
  llm_calls: amount.describe('Calls of the model, repairs included.'),
  input_tokens: amount.describe('Of all calls; so are the output tokens.'),
  output_tokens: amount,
  cost_usd: amount.nullable().describe('null when a price is unknown; 0 without a model.'),
});

const reconciliationSchema = z.object({
  pairs_checked: amount,
  pairs_passed: amount,
  pairs_failed: amount,
  details: list(
    z.object({ rule_id: name, source: text, target: text, outcome: outcomeSchema, observed: jsonObject }),
  ).describe('Each pair of tables that a rule compared.'),
});

/**
 * The schema of `aegis.dev/report/v1`. Known fields are checked closely; unknown ones are dropped, so that a reader
 * understands the reports of later minor versions.
 */
export const reportSchema = z.object({
  schema: z.literal('aegis.dev/report/v1'),
  run_id: name.describe('Sorts by time, unless it was given.'),
  status: z
    .enum(['completed', 'cancelled', 'incomplete'])
    .describe('`cancelled`: stopped before every rule was judged.'),
  started_at: instant.describe('ISO 8601, UTC.'),
  finished_at: instant,
  duration_ms: amount,
  now: instant.describe('The clock that date rules were judged by.'),
  rules_files: list(text).describe('As they were named.'),
  warehouses: list(text).describe('Configured names of those that were asked.'),
  llm: z.object({ provider: name, model: name }).nullable().describe('null without a model.'),
  summary: summarySchema,
  results: list(resultSchema).describe('Every rule, passed ones too, in rule-file order.'),
  reconciliation: reconciliationSchema.describe('Rules that compare two tables.'),
  notes: list(text).describe('What concerns the run as a whole, e.g. that its history could not be written.'),
  audit_head: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('The end of the audit trail after this run, for `aegis audit verify --head`; absent in stored reports.'),
});
