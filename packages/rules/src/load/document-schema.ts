import { severities } from '@aegis/spec';
import { z } from 'zod';
import { inputSchema, type JsonSchema } from '../type/params-schema.js';
import { columnNames, scalar } from '../type/scalars.js';
import { thresholdSchema } from './threshold.js';

export const apiVersion = 'aegis.dev/v1';
export const kind = 'DataQualityRule';

const filled = () => z.string().min(1, 'must not be empty');
const text = (description: string) => filled().describe(description);
const texts = (description: string) => z.array(filled()).describe(description);

const isTimezone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const metadata = z
  .strictObject({
    id: text('Unique over all files of a run; no spaces.')
      .max(200, 'must have at most 200 characters')
      .regex(/^[^\s\x00-\x1f\x7f]*$/, 'must not contain spaces'),
    severity: z.enum(severities).default('medium').describe('How bad a failure is.'),
    status: z
      .enum(['draft', 'active', 'deprecated'])
      .default('active')
      .describe('Drafts run only with --include-drafts; deprecated rules are listed and never run.'),
    owner: text('Who is asked when the rule fails.').optional(),
    description: text('What the rule protects, in a sentence.').optional(),
    domain: text('Business area, for grouping.').optional(),
    version: scalar().optional().describe('Version of the rule, e.g. 1.0.0.'),
    tags: texts('Words to select rules by.').default([]),
  })
  .describe('Who the rule is.');

const scope = z
  .strictObject({
    warehouse: text('A name in aegis.yaml, or a warehouse type; the default of the run if absent.').optional(),
    source_warehouse: text('Where the source of a reconcile rule lives, when elsewhere.').optional(),
    database: text('Database, catalog or project of the table.').optional(),
    schema: text('Schema or dataset of the table.').optional(),
    table: text('A table (`schema.table`), or a data file relative to this file (`data/orders.parquet`).'),
    columns: columnNames().optional().describe('The columns of the rule; here or in `logic`, not both.'),
    where: text('Only rows for which this SQL expression is true are looked at.').optional(),
    timezone: text('IANA zone of timestamps without one, and of "today".')
      .refine(isTimezone, { error: 'must be an IANA time zone such as Europe/Berlin' })
      .optional(),
  })
  .describe('What the rule looks at.');

const commonLogic = {
  type: text('The rule type.'),
  nulls: z.enum(['ignore', 'fail']).optional().describe('Whether NULL is a violation; ignored by default.'),
  fail_if: thresholdSchema.optional().describe('When violations become a failure; `rows > 0` by default.'),
  warn_if: thresholdSchema.optional().describe('When violations become a warning; without `fail_if`, nothing fails.'),
};

const diagnosis = z
  .strictObject({
    common_causes: texts('Causes seen before, for the explanation of a failure.').default([]),
    lineage_hints: z
      .strictObject({ upstream_tables: texts('Tables that feed this one.').default([]) })
      .default({ upstream_tables: [] })
      .describe('What is known about the origin of the table.'),
  })
  .default({ common_causes: [], lineage_hints: { upstream_tables: [] } })
  .describe('Help for finding the cause.');

const remediation = z
  .strictObject({
    proposal_strategy: z
      .enum(['llm_simple', 'llm_with_lineage', 'none'])
      .default('llm_simple')
      .describe('How a fix is proposed.'),
    auto_remediate: z
      .boolean()
      .refine((automatic) => !automatic, {
        error: 'must not be true: fixes are proposed, never applied',
        params: { reason: 'unsupported', hint: 'Remove the key; the report holds the proposed SQL.' },
      })
      .optional()
      .meta({ const: false, description: 'Fixes are proposed, never applied: only false is accepted.' }),
  })
  .default({ proposal_strategy: 'llm_simple' })
  .describe('What to propose after a failure.');

const sla = z
  .strictObject({ notification_target: text('Who is told, e.g. slack://data-quality.').optional() })
  .default({})
  .describe('What happens around a failure.');

/** One rule as written. The params of its type are checked separately, by the type. */
export const ruleDocumentSchema = z.strictObject({
  apiVersion: z.literal(apiVersion).optional().describe('Version of the format.'),
  kind: z.literal(kind).optional().describe('What the document is.'),
  metadata,
  scope,
  logic: z.looseObject(commonLogic).describe('What must hold.'),
  diagnosis,
  remediation,
  sla,
});

/** A rule as the document schema left it: defaults filled in. */
export type CheckedDocument = z.output<typeof ruleDocumentSchema>;

/** The same as JSON Schema, for known keys and their descriptions. */
export const documentJsonSchema = inputSchema(ruleDocumentSchema);

/** What `logic` has for every type; the rest is the type's own. */
export const commonLogicSchema: Readonly<Record<string, JsonSchema>> =
  documentJsonSchema.properties?.logic?.properties ?? {};
