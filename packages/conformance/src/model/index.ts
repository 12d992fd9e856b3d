export { modelConformance } from './model-conformance.js';
export type { ModelCredentials, ModelFeature, ModelKit, ModelScript, ModelServer, SeenRequest } from './model-kit.js';
