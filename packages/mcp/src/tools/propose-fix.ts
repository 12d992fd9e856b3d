import { loadReport } from '@aegis/project';
import type { Remediation, RuleResult } from '@aegis/spec';
import { acceptedContent, type InputRequiredResult, inputRequired, inputResponse } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { shorten } from '../answers/shorten.js';
import type { Call } from './call.js';
import { defineTool, readOnly } from './define-tool.js';
import { findResult } from './report.js';
import { historyOf, run } from './run-input.js';

const input = z.strictObject({ run, rule: z.string().min(1).meta({ description: 'Id of a rule that failed.' }) });

const fix = z.object({
  sql: z.string().meta({ description: 'Proposed, never executed by this server.' }),
  confidence: z.enum(['high', 'medium', 'low']),
  caveat: z.string(),
  source: z.enum(['model', 'template']),
  verification: z.object({ status: z.enum(['verified', 'refuted', 'not_run']), reason: z.string() }),
});

const output = z.object({
  run_id: z.string(),
  rule_id: z.string(),
  decision: z.enum(['approved', 'rejected', 'not_asked', 'nothing_to_propose']).meta({
    description: 'What the person said. Not asked: the client cannot ask, so nobody approved it.',
  }),
  comment: z.string().nullable(),
  fix: fix.nullable().meta({ description: 'Null unless it was approved, or nobody could be asked.' }),
});

export const proposeFixTool = defineTool({
  name: 'aegis_propose_fix',
  title: 'Propose a fix',
  description:
    'Shows the person the SQL that a run proposes against a failure, and asks for approval. Never executes it: whoever does must have been told to, after approval.',
  input,
  output,
  annotations: readOnly,
  readsFiles: false,
  answer: async ({ run: wanted, rule }, call) => {
    const report = await loadReport({ run: wanted, ...historyOf(call) }, call.effects);
    const result = findResult(report, rule);
    const asked = result.remediation && question(result, result.remediation, call);
    if (asked) return asked;
    return { run_id: report.run_id, rule_id: rule, ...decisionOn(result.remediation, call) };
  },
  text: ({ decision, fix: proposed, rule_id, comment }) =>
    [
      sentences[decision](rule_id),
      ...(comment === null ? [] : [`The person's comment: ${comment}`]),
      ...(proposed === null ? [] : [proposed.sql, `Caveat: ${proposed.caveat}`]),
    ].join('\n'),
});

type Output = z.output<typeof output>;

const sentences: { readonly [decision in Output['decision']]: (rule: string) => string } = {
  approved: (rule) => `The person approved this fix of ${rule}. It was not executed.`,
  rejected: (rule) => `The person did not approve the fix of ${rule}.`,
  not_asked: (rule) =>
    `A proposal for ${rule}. Nobody has approved it, because this client cannot ask; it was not executed.`,
  nothing_to_propose: (rule) => `The run proposes no fix of ${rule}.`,
};

const key = 'approval';

const approval = z.object({
  approve: z.boolean().meta({ title: 'Approve', description: 'The SQL is not executed either way.' }),
  comment: z.string().max(1000).optional().meta({ title: 'Comment', description: 'For the assistant.' }),
});

/** `undefined` where there is an answer, or nobody to ask. */
const question = (
  { rule_id, table }: RuleResult,
  remediation: Remediation,
  { client, responses }: Call,
): InputRequiredResult | undefined => {
  if (client.elicitation === undefined || inputResponse(responses, key).kind === 'elicit') return undefined;
  const message = [
    `Do you approve this fix of ${rule_id} on ${table}? It is shown, not executed.`,
    shorten(remediation.proposed_sql, 4000),
    `Confidence: ${remediation.confidence}. ${remediation.caveat}`,
    `Tried out: ${remediation.verification.status.replace('_', ' ')}, ${remediation.verification.reason}`,
  ].join('\n\n');
  return inputRequired({ inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema: approval }) } });
};

const decisionOn = (
  remediation: Remediation | null,
  { responses, client }: Call,
): Pick<Output, 'decision' | 'comment' | 'fix'> => {
  if (remediation === null) return { decision: 'nothing_to_propose', comment: null, fix: null };
  if (client.elicitation === undefined) return { decision: 'not_asked', comment: null, fix: fixOf(remediation) };
  const answer = acceptedContent(responses, key, approval);
  const comment = answer?.comment ?? null;
  if (answer?.approve !== true) return { decision: 'rejected', comment, fix: null };
  return { decision: 'approved', comment, fix: fixOf(remediation) };
};

const fixOf = ({ proposed_sql, confidence, caveat, source, verification }: Remediation): z.infer<typeof fix> => ({
  sql: shorten(proposed_sql, 16_000),
  confidence,
  caveat: shorten(caveat, 1000),
  source,
  verification: { status: verification.status, reason: shorten(verification.reason, 1000) },
});
