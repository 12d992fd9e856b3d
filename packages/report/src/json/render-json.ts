import type { Report } from '@aegis/spec';
import { reportSchema, summarySchema } from '../schema/report-schema.js';
import { resultSchema } from '../schema/result-schema.js';

/** The report as JSON, indented, fields in the order of the schema whatever order they were built in; ends in a newline. */
export const renderJson = (report: Report): string => {
  const ordered = {
    ...inOrder(reportSchema.shape, report),
    summary: inOrder(summarySchema.shape, report.summary),
    results: report.results.map((result) => inOrder(resultSchema.shape, result)),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
};

/** Fields that the schema does not know follow those that it knows. */
const inOrder = <Value extends object>(shape: { readonly [key in keyof Value]: unknown }, value: Value): Value => ({
  ...(Object.fromEntries(Object.keys(shape).map((key) => [key, value[key as keyof Value]])) as Value),
  ...value,
});
