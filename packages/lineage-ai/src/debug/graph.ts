import { END, START, StateGraph } from '@langchain/langgraph';
import type { DebugState } from './debug-state.js';
import { debugChannels } from './state.js';
import type { DebugSteps } from './steps.js';

/** `ask ⇄ look` until the model answers, `conclude` at the cap, then `verify`. */
const buildGraph = (steps: DebugSteps, maxIterations: number) =>
  new StateGraph(debugChannels)
    .addNode('ask', (state) => steps.ask(state))
    .addNode('look', (state) => steps.look(state))
    .addNode('conclude', (state) => steps.conclude(state))
    .addNode('verify', (state) => steps.verify(state))
    .addEdge(START, 'ask')
    .addConditionalEdges('ask', ({ stop }) => (stop === null ? 'look' : 'verify'), ['look', 'verify'])
    .addConditionalEdges('look', (state) => afterLook(state, maxIterations), ['ask', 'conclude', 'verify'])
    .addEdge('conclude', 'verify')
    .addEdge('verify', END)
    .compile({ checkpointer: false });

const afterLook = ({ stop, iterations }: DebugState, maxIterations: number): 'ask' | 'conclude' | 'verify' => {
  if (stop !== null) return 'verify';
  return iterations >= maxIterations ? 'conclude' : 'ask';
};

/** Two steps an iteration, and the ones around them. */
export const runDebugGraph = (steps: DebugSteps, start: DebugState, maxIterations: number): Promise<DebugState> =>
  buildGraph(steps, maxIterations).invoke(start, { recursionLimit: 2 * maxIterations + 10 });
