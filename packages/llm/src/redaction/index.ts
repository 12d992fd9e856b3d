export type { ColumnPolicy } from './column-policy.js';
export type { TokenFingerprints } from './issued-tokens.js';
export { maskEvidence } from './mask-evidence.js';
export { maskFigures } from './mask-figures.js';
export { Redactor, type RedactorOptions, type SecretScrubber } from './redactor.js';
export { isSecretName } from './secret-names.js';
