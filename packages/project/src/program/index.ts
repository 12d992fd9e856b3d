export type { ImportFrom } from '../adapters/import-from.js';
export type { SamplePolicy } from '../config/sample-policies.js';
export { samplePolicies } from '../config/sample-policies.js';
export type { Effects } from '../effects.js';
export { notifyOccasions } from '../notify/notify-occasions.js';
export type { ReportFormat } from '../reports/report-formats.js';
export { reportFormats } from '../reports/report-formats.js';
export { SecretRegistry } from '../secrets/secret-registry.js';
