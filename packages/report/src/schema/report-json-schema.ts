import type { JsonObject } from '@aegis/spec';
import { z } from 'zod';
import { reportSchema } from './report-schema.js';

/** The JSON Schema (draft 2020-12) of a report. Unknown properties are allowed, as {@link reportSchema} allows them. */
export const reportJsonSchema = (): JsonObject => {
  const { $schema, ...schema } = z.toJSONSchema(reportSchema, { io: 'input', target: 'draft-2020-12' });
  return JSON.parse(
    JSON.stringify({ $schema, $id: 'https://aegis.dev/schemas/report/v1.json', title: 'Aegis report', ...schema }),
  );
};
