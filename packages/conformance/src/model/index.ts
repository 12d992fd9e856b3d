export { modelConformance } from './model-conformance.js';
export type {
  AnswerScript,
  ErrorScript,
  ModelCredentials,
  ModelFeature,
  ModelKit,
  ModelScript,
  ModelServer,
  SeenRequest,
} from './model-kit.js';
export type { ModelProtocol, WireAnswer, WireRequest } from './serve-model.js';
export { serveModel } from './serve-model.js';
export { type ModelProxy, serveProxy } from './serve-proxy.js';
