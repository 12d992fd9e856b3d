import {
  isAegisError,
  LineageError,
  type OperationRecord,
  type OperationStore,
  type SourceLocation,
  type Warehouse,
} from '@aegis/spec';
import { positionOf } from '@aegis/sql/parse';
import { type OplogOptions, withOplog } from '../oplog/with-oplog.js';
import { splitStatements } from '../sql/text/split-statements.js';

/** SQL statements that run one after the other: one file, or one part of a list. */
export interface PipelineStep {
  /** For messages, e.g. the path of a file. */
  readonly name: string;
  readonly sql: string;
}

export interface PipelineOptions extends Omit<OplogOptions, 'queries'> {
  /** Where the statements are recorded. Default: nowhere. */
  readonly store?: OperationStore | undefined;
  /** Ends the statement that is under way, and the pipeline. */
  readonly signal?: AbortSignal | undefined;
  /** Ends any statement after this many milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Called after each statement. */
  readonly onStatement?: ((outcome: StatementOutcome) => void) | undefined;
}

/** What became of one statement. */
export interface StatementOutcome {
  readonly location: SourceLocation;
  /** With secrets masked. */
  readonly sql: string;
  /** E.g. `create_table_as`; `select` for a query, whose rows nobody reads. */
  readonly kind: string;
  readonly output: readonly string[] | null;
  /** As a decimal string; `null` where the engine does not count them. */
  readonly rowsAffected: string | null;
  readonly durationMs: number;
  readonly status: 'completed' | 'failed';
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string | undefined } | null;
}

export interface PipelineResult {
  readonly runId: string;
  readonly status: 'completed' | 'failed';
  /** Those that ran, the one that failed last. */
  readonly statements: readonly StatementOutcome[];
  /** Statements that were not tried after one failed. */
  readonly notRun: number;
  /** Statements that ran and could not be recorded. */
  readonly lost: number;
}

/**
 * Runs the statements of all steps in order, each in a transaction of its own, and stops at the first that fails. All
 * are recorded under one run id.
 * @throws LineageError `invalid` for a warehouse that is open for reading only, and for statements that begin or end
 * transactions; nothing has run then
 */
export const runPipeline = async (
  warehouse: Warehouse,
  steps: readonly PipelineStep[],
  options: PipelineOptions = {},
): Promise<PipelineResult> => {
  if (!warehouse.execute) throw readOnly();
  const pending = steps.flatMap((step) => statementsOf(step, warehouse.dialect.parserName));
  for (const statement of pending) refuseTransactions(statement);
  const { signal, timeoutMs } = options;
  const { store, last } = noting(options.store);
  const recorded = withOplog(warehouse, store, { ...options, queries: true });
  const outcomes: StatementOutcome[] = [];
  for (const statement of pending) {
    const failure = await failureOf(() => recorded.execute?.(statement.sql, { signal, timeoutMs }));
    const outcome = outcomeOf(statement, last(), failure);
    outcomes.push(outcome);
    options.onStatement?.(outcome);
    if (outcome.status === 'failed') break;
  }
  const { runId, lost } = recorded.oplog;
  const status = outcomes.at(-1)?.status ?? 'completed';
  return { runId, status, statements: outcomes, notRun: pending.length - outcomes.length, lost };
};

interface PendingStatement {
  readonly sql: string;
  readonly location: SourceLocation;
}

const statementsOf = ({ name, sql }: PipelineStep, parserName: string): readonly PendingStatement[] =>
  splitStatements(sql, parserName).map(({ text, offset }) => ({
    sql: text,
    location: { file: name, ...positionOf(sql, offset) },
  }));

const readOnly = (): LineageError =>
  new LineageError('invalid', 'a pipeline cannot run in a warehouse that is open for reading only', {
    hint: 'Open it with access: read_write.',
  });

const refuseTransactions = ({ sql, location }: PendingStatement): void => {
  const [, word] = /^(begin|commit|rollback|savepoint|start\s+transaction|end|abort)\b/i.exec(sql) ?? [];
  if (word === undefined) return;
  throw new LineageError('invalid', `${word.toUpperCase()} cannot be a statement of a pipeline`, {
    hint: 'Every statement is a transaction of its own: leave it out.',
    location,
  });
};

/** Hands records on, and keeps the last one for the outcome. Queries change nothing and are not handed on. */
const noting = (
  store: OperationStore | undefined,
): { readonly store: OperationStore; readonly last: () => OperationRecord | undefined } => {
  let latest: OperationRecord | undefined;
  return {
    last: () => latest,
    store: {
      recordOperation: async (record) => {
        latest = record;
        if (record.changes.some(({ kind }) => kind !== 'select')) await store?.recordOperation(record);
      },
      operations: async (query) => (await store?.operations(query)) ?? [],
    },
  };
};

const failureOf = async (work: () => Promise<unknown> | undefined): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error ?? new Error('the statement failed');
  }
};

const outcomeOf = (
  { sql, location }: PendingStatement,
  record: OperationRecord | undefined,
  failure: unknown,
): StatementOutcome => {
  const [change] = record?.changes ?? [];
  return {
    ...{ location, sql: record?.sql ?? sql, kind: change?.kind ?? 'other', output: change?.output ?? null },
    ...{ rowsAffected: record?.rowsAffected ?? null, durationMs: record?.durationMs ?? 0 },
    ...{ status: failure === undefined ? 'completed' : 'failed' },
    error: failure === undefined ? null : { ...(record?.error ?? unknownError), hint: hintOf(failure) },
  };
};

const unknownError = { code: 'unknown', message: 'the statement failed' };

const hintOf = (failure: unknown): string | undefined => (isAegisError(failure) ? failure.hint : undefined);
