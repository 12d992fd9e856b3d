import { rmSync } from 'node:fs';
import { type StatementOptions, WarehouseError, type WarehouseSnapshot } from '@aegis/spec';
import { DuckDbWarehouse } from './duckdb-warehouse.js';
import { sentError } from './isolated/errors.js';
import type { Call, FromEngine, Opening, SentSnapshot, ToEngine } from './isolated/messages.js';

/** The main module of a process that runs DuckDB for another, and can be killed: one warehouse, and its snapshots. */

const watchMs = 10;

let warehouse: DuckDbWarehouse | undefined;
const snapshots = new Map<number, WarehouseSnapshot>();
const running = new Map<number, AbortController>();

const send = (message: FromEngine): void => {
  process.send?.(message);
};

const kill = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const open = ({ options, mostBytes }: Opening): void => {
  warehouse = new DuckDbWarehouse(options);
  setInterval(() => process.memoryUsage.rss() > mostBytes && kill(), watchMs);
  process.on('disconnect', () => {
    rmSync(options.tempDirectory ?? '', { recursive: true, force: true });
    kill();
  });
};

const answer = async (call: Call): Promise<void> => {
  const { id } = call;
  const controller = new AbortController();
  running.set(id, controller);
  send({ kind: 'began', id });
  try {
    const { signal } = controller;
    const onStatement: StatementOptions['onStatement'] = (report) => send({ kind: 'statement', id, report });
    send({ kind: 'answer', id, value: await answerTo(call, { ...call.options, signal, onStatement }) });
  } catch (error) {
    send({ kind: 'failure', id, error: sentError(error) });
  } finally {
    running.delete(id);
  }
};

const answerTo = async (call: Call, options: StatementOptions): Promise<unknown> => {
  const { method, given, snapshot } = call;
  if (method === 'snapshot') return keepSnapshot(call.id);
  if (method === 'release') return release(snapshot);
  const asked = snapshot === null ? warehouse : snapshots.get(snapshot);
  const work = asked?.[method] as ((...given: unknown[]) => Promise<unknown>) | undefined;
  if (!work) throw new WarehouseError('connection', 'the snapshot is gone: the engine was ended meanwhile');
  return work.apply(asked, [...given, options]);
};

const keepSnapshot = async (id: number): Promise<SentSnapshot | undefined> => {
  const snapshot = await warehouse?.snapshot?.();
  if (snapshot) snapshots.set(id, snapshot);
  return snapshot && { snapshot: id, consistency: snapshot.consistency };
};

const release = async (snapshot: number | null): Promise<void> => {
  if (snapshot === null) return;
  await snapshots.get(snapshot)?.release();
  snapshots.delete(snapshot);
};

/** Answers what the process that started this one asks, until it is gone. */
export const serveEngine = (): void => {
  process.on('message', (message: ToEngine) => {
    if (message.kind === 'open') open(message);
    else if (message.kind === 'cancel') running.get(message.id)?.abort();
    else void answer(message);
  });
};

if (process.argv[1] === import.meta.filename) serveEngine();
