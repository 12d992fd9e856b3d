import { ConfigError, type Report } from '@aegis/spec';
import type { z } from 'zod';
import { reportSchema } from './report-schema.js';

/**
 * Reads a report from its JSON text. Fields that this version does not know are dropped.
 * @throws ConfigError `invalid` with the first problems, each with its path
 */
export const parseReport = (json: string): Report => {
  const parsed = reportSchema.safeParse(readJson(json));
  if (parsed.success) return parsed.data;
  throw new ConfigError('invalid', `This is not a report of schema aegis.dev/report/v1: ${problems(parsed.error)}.`, {
    cause: parsed.error,
  });
};

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
