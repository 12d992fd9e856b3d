export type { CheckRequest, ContractChecks } from './check/check-contract.js';
export { checkContract } from './check/check-contract.js';
export type { Import, ImportRequest } from './import/import-checks.js';
export { importChecks, importFormats } from './import/import-checks.js';
export type { ImportedChecks, ImportedRule, ImportOptions } from './import/importer.js';
