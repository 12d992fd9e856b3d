import {
  isAegisError,
  type Row,
  type Statement,
  type StatementOptions,
  type StatementReport,
  type Warehouse,
  WarehouseError,
} from '@aegis/spec';
import pRetry from 'p-retry';

/** One statement that was sent, and the rules it was sent for. */
export interface SentStatement {
  readonly sql: string;
  /** Whether it read the catalogue or exact statistics instead of the table. */
  readonly isMetadata: boolean;
  readonly ruleIds: readonly string[];
  /** As the warehouse reports it, without the wait for a connection; of a failed statement, with it. */
  readonly durationMs: number;
  readonly bytesScanned: number | undefined;
}

export interface RunnerOptions extends StatementOptions {
  readonly onSent?: ((statement: SentStatement) => void) | undefined;
}

/** Sends statements to one warehouse, retries what may succeed when asked again, and remembers what each rule cost. */
export class StatementRunner {
  readonly sent: SentStatement[];
  readonly warehouse: Warehouse;
  readonly #options: RunnerOptions;

  /** `sent` may be shared with the runner of another warehouse. */
  constructor(warehouse: Warehouse, options: RunnerOptions, sent: SentStatement[] = []) {
    this.warehouse = warehouse;
    this.#options = options;
    this.sent = sent;
  }

  /** Signal, timeout and label, for calls other than statements. */
  get statementOptions(): StatementOptions {
    const { signal, timeoutMs, label } = this.#options;
    return { signal, timeoutMs, label };
  }

  /**
   * The same, for calls that may send statements of their own: descriptions and exact statistics. What they send is kept
   * in the account of these rules; it reads catalogues, so that it scans nothing where the warehouse says nothing else.
   */
  accountedTo(ruleIds: readonly string[]): StatementOptions {
    const onStatement = ({ sql = '', durationMs, bytesScanned = 0 }: StatementReport) =>
      this.#keep({ sql, isMetadata: true, ruleIds, durationMs, bytesScanned });
    return { ...this.statementOptions, onStatement };
  }

  /** The one row of a statement that always has one. */
  async row(statement: Statement, ruleIds: readonly string[]): Promise<Row> {
    const [row] = await this.rows(statement, 1, ruleIds);
    if (!row) throw new WarehouseError('unknown', `the engine gave no row for a ${statement.kind} statement`);
    return row;
  }

  async rows(statement: Statement, limit: number, ruleIds: readonly string[]): Promise<readonly Row[]> {
    return this.#retrying(statement, limit, ruleIds, this.statementOptions);
  }

  /** Rows that are only shown: left out where bytes are limited and planned statements need them. */
  async shownRows(statement: Statement, limit: number, ruleIds: readonly string[]): Promise<readonly Row[]> {
    return this.#retrying(statement, limit, ruleIds, { ...this.statementOptions, isOptional: true });
  }

  async #retrying(
    statement: Statement,
    limit: number,
    ruleIds: readonly string[],
    options: StatementOptions,
  ): Promise<readonly Row[]> {
    const sql = this.warehouse.dialect.statement(statement);
    return pRetry(() => this.#send(sql, limit, ruleIds, options), {
      retries: 2,
      minTimeout: 200,
      randomize: true,
      shouldRetry: ({ error }) => isAegisError(error) && error.retryable && !this.#options.signal?.aborted,
    });
  }

  async #send(
    sql: string,
    limit: number,
    ruleIds: readonly string[],
    options: StatementOptions,
  ): Promise<readonly Row[]> {
    const started = performance.now();
    let report: StatementReport | undefined;
    try {
      return await this.warehouse.executeSample(sql, limit, {
        ...options,
        onStatement: (finished) => {
          report = finished;
        },
      });
    } finally {
      const durationMs = report?.durationMs ?? performance.now() - started;
      this.#keep({ sql, isMetadata: false, ruleIds, durationMs, bytesScanned: report?.bytesScanned });
    }
  }

  #keep(statement: SentStatement): void {
    this.sent.push(statement);
    this.#options.onSent?.(statement);
  }
}

/** What one rule's share of the statements cost. Shares over all rules add up to the totals. */
export const shareOf = (ruleId: string, sent: readonly SentStatement[]) => {
  const mine = sent.filter(({ ruleIds }) => ruleIds.includes(ruleId));
  const total = (part: (statement: SentStatement) => number) =>
    mine.reduce((sum, statement) => sum + part(statement) / statement.ruleIds.length, 0);
  return {
    statements: total(() => 1),
    durationMs: total(({ durationMs }) => durationMs),
    bytesScanned: mine.some(({ bytesScanned }) => bytesScanned === undefined)
      ? null
      : total(({ bytesScanned }) => bytesScanned ?? 0),
  };
};
