import { z } from 'zod';
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

/** The shape of `aegis.yaml`. Options of warehouses and models belong to their adapters and pass through. */
export const configSchema = z.strictObject({
  name: z.string().min(1).optional().meta({ description: 'Tells the history of this project from that of others.' }),
  warehouses: z.record(z.string(), warehouse).default({}),
  default_warehouse: z.string().optional().meta({ description: 'Where rules run that name no warehouse.' }),
  llm: z
    .looseObject({ provider: z.string().min(1), model: z.string().min(1).optional() })
    .optional()
    .meta({ description: 'The language model; without it everything runs without one.' }),
  timezone: timeZone.optional().meta({ description: 'IANA zone of naive timestamps and of "today".' }),
  audit: z.strictObject({ path: z.string().min(1) }).optional(),
  lineage: z.array(z.string().min(1)).default([]).meta({ description: 'Files, folders or URLs of lineage.' }),
  severity: z
    .strictObject({
      escalate_above_percent: z.number().min(0).max(100).optional(),
      blast_radius: z.number().int().min(1).optional(),
    })
    .default({}),
  redaction: z
    .strictObject({
      samples: z.enum(samplePolicies).optional(),
      mask_columns: z.array(z.string()).default([]).meta({ description: 'Columns that are always masked.' }),
      keep_columns: z
        .array(z.string())
        .default([])
        .meta({ description: 'Columns whose name alone does not mask them; patterns within values still do.' }),
    })
    .default({ mask_columns: [], keep_columns: [] }),
});

export type ProjectConfig = z.infer<typeof configSchema>;
export type WarehouseConfig = z.infer<typeof warehouse>;
