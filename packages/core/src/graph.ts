import { type BaseCheckpointSaver, END, Send, START, StateGraph } from '@langchain/langgraph';
import { baseline } from './nodes/baseline.js';
import { execute } from './nodes/execute.js';
import { assertNotCut, keep } from './nodes/keep.js';
import { reconcile } from './nodes/reconcile.js';
import { remediate } from './nodes/remediate.js';
import { afterStep } from './nodes/spent.js';
import type { RunPorts } from './ports.js';
import type { RunState, TableState } from './run-state.js';
import { runChannels, tableChannels } from './state.js';
import { explainingSteps, recorded } from './steps.js';

/** `plan → parallel_table → reconcile → remediate → baseline → report`; the caller builds the report from the final state. */
export const buildGraph = (ports: RunPorts, checkpointer: BaseCheckpointSaver | undefined) =>
  new StateGraph(runChannels)
    .addNode('plan', () => recorded('plan', null, ports, async () => ({})))
    .addNode('parallel_table', tableNode(ports))
    .addNode('reconcile', () => recorded('reconcile', null, ports, () => reconcile(ports)))
    .addNode('remediate', (state) => recorded('remediate', null, ports, () => remediate(state, ports)))
    .addNode('baseline', (state) => baseline(state, ports))
    .addEdge(START, 'plan')
    .addConditionalEdges('plan', () => fanOut(ports), ['parallel_table', 'reconcile'])
    .addEdge('parallel_table', 'reconcile')
    .addEdge('reconcile', 'remediate')
    .addEdge('remediate', 'baseline')
    .addEdge('baseline', END)
    .compile(checkpointer ? { checkpointer } : {});

const fanOut = ({ plan }: RunPorts): Send[] | 'reconcile' =>
  plan.tables.length === 0 ? 'reconcile' : plan.tables.map(({ id }) => new Send('parallel_table', { taskId: id }));

/** One table's steps as a compiled graph of their own; what it hands to the run is fit to be stored. */
const tableNode = (ports: RunPorts) => {
  const graph = buildTableGraph(ports);
  return async ({ taskId }: { taskId: string }): Promise<Pick<RunState, 'outcomes'>> => {
    const { results, statements, bytesScanned } = await graph.invoke({ taskId });
    const found = { results, statements, bytesScanned };
    const finished = keep(taskId, found, ports);
    assertNotCut(found, ports);
    return { outcomes: { [taskId]: finished } };
  };
};

/** `execute → classify → diagnose → rca`, with a narrating step after each where there is a model. */
const buildTableGraph = (ports: RunPorts) => {
  const tableOf = ({ taskId }: TableState) => ports.plan.tables.find(({ id }) => id === taskId)?.table ?? taskId;
  const steps = explainingSteps(ports.narrator);
  let graph = new StateGraph(tableChannels)
    .addNode('execute', (state) =>
      recorded('execute', tableOf(state), ports, async () => {
        const { results, statements, bytesScanned } = await execute(state.taskId, ports);
        return { results, statements, bytesScanned };
      }),
    )
    .addEdge(START, 'execute') as unknown as DynamicGraph;
  let previous = 'execute';
  for (const { name, run } of steps) {
    graph = graph
      .addNode(name, (state) =>
        recorded(name, tableOf(state), ports, async () => ({ ...afterStep(state, await run(state.results, ports)) })),
      )
      .addEdge(previous, name);
    previous = name;
  }
  return graph.addEdge(previous, END).compile({ checkpointer: false });
};

/** LangGraph types node names one by one; these depend on whether there is a model. */
interface DynamicGraph {
  addNode(name: string, run: (state: TableState) => Promise<Partial<TableState>>): DynamicGraph;
  addEdge(from: string, to: string): DynamicGraph;
  compile(options: { readonly checkpointer: false }): {
    invoke(input: Pick<TableState, 'taskId'>): Promise<TableState>;
  };
}
