import { z } from 'zod';

const expectationSchema = z
  .object({
    type: z.string().optional(),
    expectation_type: z.string().optional(),
    kwargs: z.record(z.string(), z.unknown()).default({}),
    meta: z.record(z.string(), z.unknown()).nullish(),
    notes: z.unknown().optional(),
    description: z.string().nullish(),
    severity: z.string().nullish(),
  })
  .transform(({ type, expectation_type: older, ...rest }) => ({ type: type ?? older ?? '', ...rest }));

/** A suite of Great Expectations 1.x, or of 0.x, where names had longer keys. */
export const suiteSchema = z
  .object({
    name: z.string().optional(),
    expectation_suite_name: z.string().optional(),
    expectations: z.array(expectationSchema),
    meta: z.record(z.string(), z.unknown()).nullish(),
  })
  .transform(({ name, expectation_suite_name: older, ...rest }) => ({ name: name ?? older ?? 'suite', ...rest }));

export type Suite = z.output<typeof suiteSchema>;

export type Expectation = Suite['expectations'][number];

/** What a file of Great Expectations is that holds no suite; `undefined` for a suite and for files of others. */
export const otherFile = (document: object): string | undefined => {
  if ('validation_definitions' in document) return 'a checkpoint';
  if ('results' in document && 'success' in document) return 'a validation result';
  return 'suite' in document && 'data' in document ? 'a validation definition' : undefined;
};
