export const samplePolicies = ['none', 'redacted', 'full'] as const;
/** What becomes of sample rows; `full` shows them raw on the terminal only. */
export type SamplePolicy = (typeof samplePolicies)[number];
