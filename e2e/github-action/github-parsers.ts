import { registerHooks } from 'node:module';

/** GitHub's parsers import JSON as bundlers allow it; Node wants to be told that it is JSON. */
registerHooks({
  load: (url, context, load) =>
    load(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});

/** Of actions and workflows, as GitHub publishes them for its editors. */
export const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
export const { convertActionTemplate, parseAction } = await import('@actions/workflow-parser/actions/index');
