export type { ModelKit, ModelScript, ModelServer, SeenRequest } from './model-kit.js';
