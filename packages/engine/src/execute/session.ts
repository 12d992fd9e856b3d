import type { Measurements } from '@aegis/rules';
import type { Row } from '@aegis/spec';
import type { PreparedRule } from '../plan/prepare.js';
import { Once } from './once.js';
import type { StatementRunner } from './runner.js';
import { SlotGroups } from './slots.js';

/** What one rule measured: values by name, and rows where its probe reads rows or came across failing ones. */
export interface Measured {
  readonly values: Measurements;
  readonly rows: readonly Row[];
  /** Whether `rows` are all that a sample may show: there is no asking for more. */
  readonly isSampled?: boolean | undefined;
  /** For the reader of the result. */
  readonly notes?: readonly string[] | undefined;
}

/** Shared state of the rules of one table while they are measured. */
export interface MeasureSession {
  readonly runner: StatementRunner;
  readonly groups: SlotGroups;
  readonly keyCounts: Once<Row>;
  /** What rules ask by themselves and is already under way. */
  readonly started: Map<PreparedRule, Promise<Measured>>;
  /** Most sample rows for a failing rule. */
  readonly sampleRows: number;
}

export const newSession = (runner: StatementRunner, sampleRows: number): MeasureSession => ({
  runner,
  sampleRows,
  groups: new SlotGroups(),
  keyCounts: new Once<Row>(),
  started: new Map(),
});
