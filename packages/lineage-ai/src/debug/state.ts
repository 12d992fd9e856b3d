import { Annotation } from '@langchain/langgraph';
import type { DebugState } from './debug-state.js';

const appended = <Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] => [...left, ...right];

/** Channels of an inquiry. Its steps run one after the other; what they find out is only ever added. */
export const debugChannels = Annotation.Root({
  messages: Annotation<DebugState['messages']>({ reducer: appended, default: () => [] }),
  findings: Annotation<DebugState['findings']>({ reducer: appended, default: () => [] }),
  asked: Annotation<DebugState['asked']>(),
  iterations: Annotation<DebugState['iterations']>(),
  stop: Annotation<DebugState['stop']>(),
  said: Annotation<DebugState['said']>(),
  error: Annotation<DebugState['error']>(),
  told: Annotation<DebugState['told']>(),
});
