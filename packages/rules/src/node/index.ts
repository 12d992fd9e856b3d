export type { LoadFilesOptions, RuleFilesReading } from './load-rule-files.js';
export { loadRuleFiles, readRuleFiles } from './load-rule-files.js';
