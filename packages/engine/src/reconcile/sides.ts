import { PlanError, type Warehouse, type WarehouseSnapshot } from '@aegis/spec';
import type { FinishContext } from '../execute/finish.js';
import { type SentStatement, StatementRunner } from '../execute/runner.js';
import { type NamedSide, onSide } from '../plan/name-side.js';
import type { ExecuteOptions, ReconcileSides } from '../types.js';
import type { Side } from './comparison.js';

export interface ReconcileNames {
  readonly target: string;
  readonly source: string;
}

/** Both sides while a rule is measured: one snapshot each where the warehouses have them, and one account of statements. */
export interface OpenSides {
  readonly target: FinishContext;
  readonly source: FinishContext;
  /** The sides by name, where they lie in different warehouses. */
  readonly named?: { readonly [side in Side]: NamedSide } | undefined;
  /** Ends what is under way on either side. */
  abort(): void;
  release(): Promise<void>;
}

export interface SidesOptions {
  readonly label: string;
  readonly table: string;
  readonly execute: ExecuteOptions;
}

/** @throws what connecting or taking a snapshot threw, with the side in front where there are two warehouses. */
export const openSides = async (
  sides: ReconcileSides,
  names: ReconcileNames,
  options: SidesOptions,
  sent: SentStatement[],
): Promise<OpenSides> => {
  const named = sides.source === sides.target ? undefined : namedSides(names);
  const ending = new AbortController();
  const opened: WarehouseSnapshot[] = [];
  const release = async () => {
    await Promise.all(opened.map((snapshot) => snapshot.release()));
  };
  const open = async (side: Side): Promise<FinishContext> => {
    const { signal = ending.signal, ...others } = options.execute;
    const execute = { ...others, signal: AbortSignal.any([signal, ending.signal]) };
    const warehouse = await onSide(named?.[side], () => openOne(sides[side], execute, opened));
    return contextOf(warehouse, names[side], { ...options, execute }, sent);
  };
  const opening = named ? [open('target'), open('source')] : [open('target')];
  const [target, source = target] = await allOf(opening, release);
  if (!target || !source) throw new PlanError('internal', 'a side was not opened');
  return { ...withConsistency(target, source), named, abort: () => ending.abort(), release };
};

/** Waits for all, so that one that opens after another failed is given back as well. */
const allOf = async <Value>(opening: readonly Promise<Value>[], release: () => Promise<void>): Promise<Value[]> => {
  await Promise.allSettled(opening);
  try {
    return await Promise.all(opening);
  } catch (error) {
    await release();
    throw error;
  }
};

const namedSides = ({ target, source }: ReconcileNames) => ({
  target: { side: 'target', warehouse: target } as const,
  source: { side: 'source', warehouse: source } as const,
});

/** Connects, and takes a snapshot that will be released. */
const openOne = async (
  warehouse: Warehouse,
  { signal, timeoutMs }: ExecuteOptions,
  opened: WarehouseSnapshot[],
): Promise<Warehouse> => {
  await warehouse.connect();
  const snapshot = await warehouse.snapshot?.({ signal, timeoutMs });
  if (snapshot) opened.push(snapshot);
  return snapshot ?? warehouse;
};

const contextOf = (
  warehouse: Warehouse,
  name: string,
  { label, table, execute }: SidesOptions,
  sent: SentStatement[],
): FinishContext => ({
  warehouse: name,
  consistency: 'consistency' in warehouse ? String(warehouse.consistency) : 'per statement',
  options: execute,
  runner: new StatementRunner(
    warehouse,
    {
      signal: execute.signal,
      timeoutMs: execute.timeoutMs,
      label,
      onSent: ({ durationMs }) => execute.onEvent?.({ type: 'statement_finished', table, durationMs }),
    },
    sent,
  ),
});

/** A result says what held on both sides. */
const withConsistency = (target: FinishContext, source: FinishContext) => {
  if (target.consistency === source.consistency) return { target, source };
  const consistency = `target: ${target.consistency}; source: ${source.consistency}`;
  return { target: { ...target, consistency }, source: { ...source, consistency } };
};
