export type { CallContext, ModelRuntime, RuntimeTool, ToolRun } from './runtime/model-runtime.js';
