export { type LoadModelOptions, loadModel } from './loading/load-model.js';
export { type ModelName, parseModelName } from './loading/model-name.js';
export { fence, fenceNotice } from './prompting/fence.js';
export type { CallContext, ModelRuntime, RuntimeTool, ToolRun } from './runtime/model-runtime.js';
