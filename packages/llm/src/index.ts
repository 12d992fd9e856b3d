export { type LoadModelOptions, loadModel } from './loading/load-model.js';
export { type ModelName, parseModelName } from './loading/model-name.js';
export { createNarrator, type NarratorOptions } from './narrator/create-narrator.js';
export { fence, fenceNotice } from './prompting/fence.js';
export { createRuntime } from './runtime/create-runtime.js';
export type { CallContext, ModelRuntime, RuntimeTool, ToolRun } from './runtime/model-runtime.js';
export type { RuntimeOptions } from './runtime/runtime-options.js';
export type { Timing } from './runtime/timing.js';
