import type { OperationStore, Warehouse } from '@aegis/spec';
import { RecordedWarehouse } from './recorded-warehouse.js';
import { type Oplog, Recorder } from './recorder.js';

export interface OplogOptions {
  /** Who changes the tables. Default: not said. */
  readonly user?: string | undefined;
  /** Groups the statements of one pipeline. Default: a new id for each wrapped warehouse. */
  readonly runId?: string | undefined;
  /** What the warehouse is called, e.g. its name in aegis.yaml. */
  readonly warehouse?: string | undefined;
  /** Record queries too, which change nothing. Default false. */
  readonly queries?: boolean | undefined;
  /** How long a statement waits for the store, in milliseconds; then the record counts as lost. Default 5000. */
  readonly storeTimeoutMs?: number | undefined;
  /** Default: the system clock. */
  readonly clock?: (() => Date) | undefined;
}

/** A warehouse whose changes are written down. */
export interface OplogWarehouse extends Warehouse {
  readonly oplog: Oplog;
}

/**
 * Wraps a warehouse so that every statement that goes through it and is not certainly a query is recorded: its SQL
 * without secrets, what it changed and from which columns, rows, time, and its error if it failed. It offers what the
 * contract of a warehouse names and nothing else, so that nothing passes by the log. A store that fails never fails a
 * statement: `oplog.lost` counts those.
 */
export const withOplog = (warehouse: Warehouse, store: OperationStore, options: OplogOptions = {}): OplogWarehouse =>
  new RecordedWarehouse(warehouse, new Recorder(warehouse, store, options));
