import { ConfigError, type Report } from '@aegis/spec';
import type { z } from 'zod';
import { reportSchema } from './report-schema.js';

/**
 * Reads a report from its JSON text. Fields that this version does not know are dropped.
 * @throws ConfigError `invalid` with the first problems, each with its path
 */
export const parseReport = (json: string): Report => {
  const value = readJson(json);
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const other = otherSchema(value);
  if (other !== undefined) throw ofAnotherVersion(other);
  throw new ConfigError('invalid', `This is not a report of schema ${own}: ${problems(parsed.error)}.`, {
    cause: parsed.error,
  });
};

const own = 'aegis.dev/report/v1';

const otherSchema = (value: unknown): string | undefined => {
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  return typeof schema === 'string' && schema !== own ? schema : undefined;
};

const ofAnotherVersion = (schema: string): ConfigError =>
  new ConfigError('invalid', `This is not a report of schema ${own}: schema: it is ${schema.slice(0, 100)}.`, {
    hint: /^aegis\.dev\/report\/v\d+$/.test(schema)
      ? 'Another version of Aegis wrote it: read it with that one, or make it anew with this one.'
      : undefined,
  });

const readJson = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new ConfigError('invalid', 'This is not a report: it is not JSON.', { cause });
  }
};

const shownProblems = 3;

const problems = ({ issues }: z.ZodError): string => {
  const shown = issues
    .slice(0, shownProblems)
    .map(({ path, message }) => `${path.map(String).join('.') || 'report'}: ${message}`);
  const more = issues.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
};
