import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { columnImpact, type LineageGraph } from '@aegis/lineage';
import { openLineage } from '@aegis/lineage/node';
import { eventLines, type GraphSize } from './events.js';

export interface Measured {
  readonly what: string;
  readonly ms: number;
  readonly found: string;
}

/** Writes a file of events as large as asked; gives its bytes. */
export const writeEvents = async (file: string, size: GraphSize): Promise<number> => {
  const out = createWriteStream(file);
  for (const line of eventLines(size)) if (!out.write(line)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return (await stat(file)).size;
};

/** Reads the file into a graph, and asks it what people ask. */
export const measureLineage = async (file: string): Promise<readonly Measured[]> => {
  const [reading, { graph }] = await timed(() => openLineage([file]));
  const found = `${graph.datasets.length} datasets, ${graph.operationCount} jobs, ${graph.columnEdgeCount} column edges`;
  return [{ what: 'read and build', ms: reading, found }, ...(await questions(graph))];
};

const questions = async (graph: LineageGraph): Promise<readonly Measured[]> => {
  const last = graph.datasets.at(-1)?.id ?? '';
  const first = graph.datasets[0]?.id ?? '';
  const asked: readonly (readonly [string, () => number])[] = [
    ['first look-up of a name', () => (graph.resolve(graph.datasets[7]?.name ?? '').kind === 'found' ? 1 : 0)],
    ['look-up of a name', () => (graph.resolve(graph.datasets[9]?.name ?? '').kind === 'found' ? 1 : 0)],
    ['upstream of the last dataset', () => graph.upstream(last).length],
    ['downstream of the first dataset', () => graph.downstream(first).length],
    ['upstream, 2 operations', () => graph.upstream(last, { maxDistance: 2 }).length],
    ['first impact of a column', impactOf(graph, 'c0')],
    ['impact of a column', impactOf(graph, 'c1')],
    ['impact of a column, 3 operations', impactOf(graph, 'c2', 3)],
  ];
  const measured: Measured[] = [];
  for (const [what, ask] of asked) {
    const [ms, count] = await timed(async () => ask());
    measured.push({ what, ms, found: String(count) });
  }
  return measured;
};

/** Every dataset is made from a column of the first one. */
const impactOf = (graph: LineageGraph, column: string, maxDistance?: number) => (): number =>
  columnImpact(graph, { dataset: graph.datasets[0]?.id ?? '', column }, { maxDistance }).length;

const timed = async <Value>(work: () => Promise<Value>): Promise<readonly [number, Value]> => {
  const start = performance.now();
  const value = await work();
  return [performance.now() - start, value];
};
