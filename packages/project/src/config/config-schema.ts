import { z } from 'zod';
import { notificationsSchema } from '../notify/notify-schema.js';
import { lineageSchema } from './lineage-schema.js';
import { samplePolicies } from './sample-policies.js';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** An IANA time zone that this Node knows. */
const timeZone = z.string().refine(isTimeZone, 'is not an IANA time zone, e.g. "Europe/Zurich"');

const warehouse = z.looseObject({
  type: z.string().min(1).meta({ description: 'Adapter: a short type (`duckdb`), a package name, or `./path`.' }),
});

const baselineModes = ['auto', 'on', 'off'] as const;

const limit = z.number().positive();
const count = limit.int();

/** What a command may spend on a model, and how it is asked. */
const modelLimits = z.strictObject({
  max_cost_usd: z.number().min(0).optional().meta({
    description: 'Most that the calls of one command may cost; only for models whose price is known. Default: none.',
  }),
  max_tokens: z.number().int().min(0).optional().meta({ description: 'Input and output together. Default: none.' }),
  max_calls: z.number().int().min(0).optional().meta({ description: 'Repairs included. Default: none.' }),
  concurrency: count.optional().meta({ description: 'Calls at the same time. Default: 4.' }),
  requests_per_minute: count.optional().meta({ description: 'Within any 60 seconds. Default: none.' }),
  timeout_s: limit.optional().meta({ description: 'Seconds for one attempt at a call. Default: 60.' }),
  max_attempts: count.optional().meta({ description: 'Attempts at one call, the first included. Default: 4.' }),
});

/** The shape of `aegis.yaml`. Options of warehouses and models belong to their adapters and pass through. */
export const configSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Tells the history of this project from that of others. Default: the folder’s name.' }),
  warehouses: z
    .record(z.string(), warehouse)
    .default({})
    .meta({ description: 'Warehouses by the name that rules use; beside `type` stand the options of the adapter.' }),
  default_warehouse: z
    .string()
    .optional()
    .meta({ description: 'Where rules run that name no warehouse. Default: the only one, else `duckdb`.' }),
  llm: z
    .looseObject({
      provider: z.string().min(1).meta({ description: 'e.g. `ollama`: the package `@aegis/llm-ollama`.' }),
      model: z.string().min(1).optional().meta({ description: 'As the provider names it. Default: the provider’s.' }),
      limits: modelLimits
        .optional()
        .meta({ description: 'What a command may spend on the model, whichever it is, and how it is asked.' }),
    })
    .optional()
    .meta({
      description: 'The language model; without it everything runs without one. Other keys are options of its adapter.',
    }),
  timezone: timeZone.optional().meta({ description: 'IANA zone of naive timestamps and of "today". Default: UTC.' }),
  audit: z
    .strictObject({
      path: z.string().min(1).meta({ description: 'File of the audit trail. Default: `~/.aegis/history.db`.' }),
    })
    .optional()
    .meta({ description: 'Where runs are written down.' }),
  lineage: lineageSchema.default([]).meta({
    description: 'Sources of lineage: files, folders or URLs, as a plain list or with more to say about them.',
  }),
  root_cause: z
    .strictObject({
      baseline: z.enum(baselineModes).default('auto').meta({
        description:
          'Whether good runs keep figures of tables that are judged as a whole, and of the sources that tables are made from, for the day that something fails. `auto`: where a scan costs no money.',
      }),
    })
    .default({ baseline: 'auto' })
    .meta({ description: 'What evidence and root cause analysis may keep and compare with.' }),
  notifications: notificationsSchema.optional().meta({ description: 'Who is told of finished runs, and of which.' }),
  severity: z
    .strictObject({
      escalate_above_percent: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .meta({ description: 'Severity rises one step when more percent of the rows fail. Default: 5.' }),
      blast_radius: z
        .number()
        .int()
        .min(1)
        .optional()
        .meta({ description: 'Severity rises one step when at least so many datasets are downstream. Default: 5.' }),
    })
    .default({})
    .meta({ description: 'When a failure is worse than its rule says. Both together are still one step.' }),
  redaction: z
    .strictObject({
      samples: z
        .enum(samplePolicies)
        .optional()
        .meta({ description: 'Sample rows: none, masked, or raw on the terminal only. Default: `redacted`.' }),
      mask_columns: z.array(z.string()).default([]).meta({ description: 'Columns that are always masked.' }),
      keep_columns: z
        .array(z.string())
        .default([])
        .meta({ description: 'Columns whose name alone does not mask them; patterns within values still do.' }),
    })
    .default({ mask_columns: [], keep_columns: [] })
    .meta({ description: 'What of row values is stored, written and sent.' }),
});

export type ProjectConfig = z.infer<typeof configSchema>;
export type ModelLimits = z.infer<typeof modelLimits>;
export type WarehouseConfig = z.infer<typeof warehouse>;
