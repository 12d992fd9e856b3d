import {
  AuditError,
  type DecisionRecord,
  type Measurement,
  type OperationQuery,
  type OperationRecord,
  type Report,
  type RunStart,
  type StepRecord,
} from '@aegis/spec';
import type {
  AuditDecision,
  AuditRun,
  AuditRunDetail,
  AuditStep,
  AuditStore,
  ListRunsOptions,
  SearchHit,
  SearchOptions,
} from '../audit-store.js';
import {
  type ChainHead,
  type ChainVerification,
  decisionPayloadHash,
  emptyHead,
  finishPayloadHash,
  linkEvent,
  startPayloadHash,
} from '../chain/chain-event.js';
import { verifyChain } from '../chain/verify-chain.js';
import type { DatasetLine, DatasetOptions } from '../dataset/dataset-line.js';
import { datasetLines } from '../dataset/dataset-lines.js';
import { phrasesOf } from '../search/phrases.js';
import { searchHit } from '../search/snippet.js';
import { buildTrajectory } from '../trajectory/build-trajectory.js';
import type { TrajectoryNode } from '../trajectory/trajectory-node.js';
import type { AuditTables, ChainRow, RunRow } from './audit-tables.js';
import { operationOf, operationRow } from './operation-row.js';
import {
  auditDecisionOf,
  auditRunOf,
  auditStepOf,
  decisionRow,
  finishedResultRow,
  measurementOf,
  measurementRow,
  reportOf,
  startedRunRow,
  stepRow,
  unfinished,
} from './rows.js';

const defaultLimit = 20;

/** What an audit trail means, over tables that only keep rows. */
export class TableAuditStore implements AuditStore {
  readonly #tables: AuditTables;
  readonly #clock: () => Date;

  constructor(tables: AuditTables, clock: () => Date) {
    this.#tables = tables;
    this.#clock = clock;
  }

  get path(): string {
    return this.#tables.path;
  }

  /** A run that was started before and not completed goes on: its start is chained again, its row is kept. */
  async startRun(run: RunStart): Promise<void> {
    this.#tables.write(() => {
      const existing = this.#tables.run(run.runId);
      if (existing) this.#reopen(existing);
      else this.#tables.insertRun(startedRunRow(run));
      this.#chain('start', run.runId, startPayloadHash(this.#existing(run.runId)));
    });
  }

  async recordStep(runId: string, step: StepRecord): Promise<void> {
    this.#tables.write(() => {
      this.#existing(runId);
      this.#tables.insertStep(stepRow(runId, step));
    });
  }

  async recordDecision(runId: string, decision: DecisionRecord): Promise<void> {
    this.#tables.write(() => {
      this.#existing(runId);
      const stored = this.#tables.insertDecision(decisionRow(runId, decision, this.#clock().toISOString()));
      this.#chain('decision', runId, decisionPayloadHash(stored), stored.id);
    });
  }

  async recordMeasurements(measurements: readonly Measurement[]): Promise<void> {
    this.#tables.write(() => {
      for (const { runId } of measurements) this.#existing(runId);
      for (const measurement of measurements) this.#tables.putMeasurement(measurementRow(measurement));
    });
  }

  async finishRun(runId: string, report: Report): Promise<void> {
    this.#tables.write(() => {
      const { status } = this.#existing(runId);
      if (status !== 'running') throw this.#alreadyFinished(runId, status);
      this.#tables.updateRun(runId, finishedResultRow(report));
      this.#chain('finish', runId, finishPayloadHash(this.#existing(runId)));
    });
  }

  async measurements(
    key: string,
    { before, limit = Number.POSITIVE_INFINITY }: { readonly before: string; readonly limit?: number },
  ): Promise<readonly Measurement[]> {
    const rows = this.#tables.measurements(key, Date.parse(before), rowCount(limit));
    return this.#parsed(() => rows.map(measurementOf));
  }

  async listRuns({ limit = defaultLimit, kind }: ListRunsOptions = {}): Promise<readonly AuditRun[]> {
    const rows = this.#tables.latestRuns({ kind, limit: rowCount(limit) });
    return this.#parsed(() => rows.map(auditRunOf));
  }

  async run(runIdOrPrefix: string): Promise<AuditRunDetail> {
    return this.#detail(this.#existing(this.#resolve(runIdOrPrefix)));
  }

  async latestRun(): Promise<AuditRunDetail | undefined> {
    const [latest] = this.#tables.latestRuns({ kind: undefined, limit: 1 });
    return latest && this.#detail(this.#existing(latest.run_id));
  }

  async steps(runIdOrPrefix: string): Promise<readonly AuditStep[]> {
    return this.#tables.steps(this.#resolve(runIdOrPrefix)).map(auditStepOf);
  }

  async decisions(runIdOrPrefix: string): Promise<readonly AuditDecision[]> {
    return this.#tables.decisions(this.#resolve(runIdOrPrefix)).map(auditDecisionOf);
  }

  async search(query: string, { limit = defaultLimit }: SearchOptions = {}): Promise<readonly SearchHit[]> {
    const phrases = phrasesOf(query);
    if (phrases.length === 0) return [];
    return this.#tables.decisionsWith(phrases, rowCount(limit)).map((row) => searchHit(auditDecisionOf(row), phrases));
  }

  async trajectory(runIdOrPrefix: string): Promise<TrajectoryNode> {
    return this.#tables.read(() => {
      const runId = this.#resolve(runIdOrPrefix);
      return buildTrajectory(
        this.#detail(this.#existing(runId)),
        this.#tables.steps(runId).map(auditStepOf),
        this.#tables.decisions(runId).map(auditDecisionOf),
      );
    });
  }

  async *exportDataset(options: DatasetOptions = {}): AsyncIterable<DatasetLine> {
    const runIds = options.run === undefined ? this.#tables.runIds() : [this.#resolve(options.run)];
    for (const runId of runIds) {
      const run = this.#detail(this.#existing(runId));
      yield* datasetLines(run, this.#tables.decisions(runId).map(auditDecisionOf), options);
    }
  }

  async head(): Promise<ChainHead> {
    return this.#head();
  }

  async verify({ head }: { readonly head?: string | undefined } = {}): Promise<ChainVerification> {
    return this.#tables.read(() => verifyChain(this.#tables, head));
  }

  async recordOperation(operation: OperationRecord): Promise<void> {
    this.#tables.write(() => this.#tables.insertOperation(operationRow(operation)));
  }

  async operations({ runId }: OperationQuery = {}): Promise<readonly OperationRecord[]> {
    const rows = this.#tables.operations(runId);
    return this.#parsed(() => rows.map(operationOf));
  }

  async put(scope: string, key: string, value: Uint8Array): Promise<void> {
    this.#tables.putCheckpoint(scope, key, value);
  }

  async get(scope: string, key: string): Promise<Uint8Array | undefined> {
    return this.#tables.checkpoint(scope, key);
  }

  async keys(scope: string, prefix: string): Promise<readonly string[]> {
    return this.#tables.checkpointKeys(scope, prefix);
  }

  async deleteScope(scope: string): Promise<void> {
    this.#tables.deleteCheckpoints(scope);
  }

  async close(): Promise<void> {
    this.#tables.close();
  }

  #head(): ChainHead {
    const { seq, hash } = this.#tables.lastEvent() ?? emptyHead;
    return { seq, hash };
  }

  #chain(kind: ChainRow['kind'], runId: string, payloadHash: string, decisionId: number | null = null): void {
    const event = { run_id: runId, kind, decision_id: decisionId, payload_hash: payloadHash };
    this.#tables.appendEvent(linkEvent(this.#head(), event));
  }

  #reopen(run: RunRow): void {
    if (run.status === 'completed') throw this.#alreadyFinished(run.run_id, run.status);
    this.#tables.updateRun(run.run_id, unfinished);
  }

  #detail(row: RunRow): AuditRunDetail {
    return this.#parsed(() => ({ ...auditRunOf(row), report: reportOf(row) }));
  }

  #existing(runId: string): RunRow {
    const row = this.#tables.run(runId);
    if (!row) throw this.#noRun(runId);
    return row;
  }

  #resolve(runIdOrPrefix: string): string {
    if (this.#tables.run(runIdOrPrefix)) return runIdOrPrefix;
    const [first, second] = runIdOrPrefix === '' ? [] : this.#tables.runIdsFrom(runIdOrPrefix, 2);
    if (first === undefined) throw this.#noRun(runIdOrPrefix);
    if (second === undefined) return first;
    throw new AuditError('not-found', `Several runs in ${this.path} start with "${runIdOrPrefix}"`, {
      hint: `Give more of the id, e.g. ${first}.`,
    });
  }

  #noRun(runId: string): AuditError {
    return new AuditError('not-found', `No run "${runId}" in ${this.path}`, {
      hint: 'List the runs to see their ids: aegis audit list-runs.',
    });
  }

  #alreadyFinished(runId: string, status: string): AuditError {
    return new AuditError('read-only', `Run ${runId} in ${this.path} is ${status} and cannot be written again`, {
      hint: 'Start a new run.',
    });
  }

  #parsed<T>(parse: () => T): T {
    try {
      return parse();
    } catch (cause) {
      throw new AuditError('corrupt', `The audit trail ${this.path} holds JSON that cannot be read`, {
        hint: 'See what was changed with: aegis audit verify.',
        cause,
      });
    }
  }
}

const rowCount = (limit: number): number => Math.max(0, Math.trunc(limit));
