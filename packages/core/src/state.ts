import { Annotation } from '@langchain/langgraph';
import { mergeOutcomes, type RunState, type TableState } from './run-state.js';

/** Channels of the run. Every field that tables write has a reducer in which order does not matter. */
export const runChannels = Annotation.Root({
  outcomes: Annotation<RunState['outcomes']>({ reducer: mergeOutcomes, default: () => ({}) }),
});

/** Channels of one table's steps, which run one after the other. */
export const tableChannels = Annotation.Root({
  taskId: Annotation<TableState['taskId']>(),
  results: Annotation<TableState['results']>(),
  statements: Annotation<TableState['statements']>(),
  bytesScanned: Annotation<TableState['bytesScanned']>(),
});
