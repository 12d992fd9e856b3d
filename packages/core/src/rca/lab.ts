import { gatherEvidence, type TaskOutcome } from '@aegis/engine';
import {
  type Dialect,
  isAegisError,
  PlanError,
  type Row,
  type Rule,
  type TableDescription,
  type TableName,
  type TracedDataset,
  type Warehouse,
} from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';
import { type BaselineRuleId, baselineKey } from './baseline/baseline-key.js';
import { type Baseline, readBaseline } from './baseline/profile.js';
import type { SqlColumns } from './derive-rule.js';
import { executeAll } from './execute-all.js';
import type { Fact, Symptom } from './finding.js';
import { optionalWarehouse } from './optional-warehouse.js';
import { type Reading, readingOf, unknownReading } from './reading.js';
import type { Recomputed } from './trials/recompute.js';
import { virtualName, withVirtualTable } from './trials/virtual-table.js';

/** Statements that explaining the failures of one table may cost, descriptions aside. */
const mostStatements = 120;

/** What one analysis measured so far cost. */
export interface Spent {
  statements: number;
  /** `null` as soon as a warehouse does not say. */
  bytesScanned: number | null;
}

/** A dataset that can be asked: it has a table, was not dropped, and its warehouse is configured. */
interface Reachable {
  readonly table: TableName;
  readonly warehouse: Warehouse;
  readonly name: string;
}

/**
 * Measures ancestors of one failing table. Readings are kept for the whole run, so that rules that fail together share them.
 * Nothing here rejects for what concerns one dataset: such a reading is `unknown` and says why.
 */
export class Lab {
  readonly spent: Spent = { statements: 0, bytesScanned: 0 };
  readonly #ports: RunPorts;
  readonly #home: Rule;
  readonly #homeWarehouse: string;
  readonly #purpose: string;
  readonly #memory: Memory;
  readonly #unread = new Map<string, string>();

  /** @param purpose what labels of statements call it */
  constructor(ports: RunPorts, home: Rule, homeWarehouse: string, purpose: 'rca' | 'evidence' = 'rca') {
    this.#ports = ports;
    this.#home = home;
    this.#homeWarehouse = homeWarehouse;
    this.#purpose = purpose;
    this.#memory = memoryOf(ports);
  }

  /** Datasets that could not be described or asked, each with the first reason. */
  get unread(): readonly { readonly dataset: string; readonly reason: string }[] {
    return [...this.#unread].map(([dataset, reason]) => ({ dataset, reason }));
  }

  get types() {
    return this.#ports.options.types;
  }

  /** ISO 8601: the run's clock. */
  get now(): string {
    return this.#ports.options.now;
  }

  /** Whether values of a column, or this one, may be kept for later runs. */
  get mayKeep() {
    return this.#ports.baseline.mayKeep;
  }

  /** Whether a dataset is profiled: where each scan is billed, only if somebody asked for it. */
  wantsBaseline(dataset: TracedDataset): boolean {
    const { mode } = this.#ports.baseline;
    return mode === 'on' || (mode === 'auto' && !this.dialectOf(dataset).strategy.foldFilters);
  }

  /** What the last good run left of a dataset, by the rules that were good in it. */
  async baselineOf(dataset: TracedDataset, ruleId: BaselineRuleId): Promise<Baseline | undefined> {
    const { history, project, now } = this.#ports.options;
    const key = baselineKey(project, this.warehouseNameOf(dataset), dataset, ruleId);
    if (key === undefined || !this.wantsBaseline(dataset)) return undefined;
    const [last] = (await history?.measurements(key, { before: now, limit: 1 })) ?? [];
    return last && readBaseline(last.measuredAt, last.state);
  }

  warehouseNameOf(dataset: TracedDataset): string {
    return dataset.warehouse ?? this.#homeWarehouse;
  }

  /** Of the dataset's warehouse, else of the failing table's. */
  dialectOf(dataset: TracedDataset): Dialect {
    try {
      return this.#reach(dataset).warehouse.dialect;
    } catch {
      return this.#ports.warehouseOf(this.#home).dialect;
    }
  }

  /** What tells the columns that the SQL of a rule reads; the guard is loaded only where there is any. */
  async sqlColumns(rule: Rule): Promise<SqlColumns> {
    const { expressions = [] } = this.types.get(rule.type).requires(rule.params);
    if (expressions.length === 0 && rule.scope.where === undefined) return () => [];
    const guard = await this.#ports.loadGuard();
    const { dialect } = this.#ports.warehouseOf(this.#home);
    return (sql) => guard.expression(sql, dialect).columns;
  }

  /** A condition on a dataset that somebody else wrote, as the guard gives it back. @throws GuardError */
  async condition(dataset: TracedDataset, sql: string): Promise<string> {
    const guard = await this.#ports.loadGuard();
    return guard.expression(sql, this.dialectOf(dataset)).sql;
  }

  /** Judges rules of one dataset, in as few statements as the engine needs; what this run knows is not asked again. */
  async judge(dataset: TracedDataset, rules: readonly Rule[]): Promise<readonly Reading[]> {
    const fresh = rules.filter((rule) => !this.#memory.readings.has(readingKey(rule)));
    const unique = [...new Map(fresh.map((rule) => [readingKey(rule), rule])).values()];
    if (unique.length > 0) {
      const answers = this.#execute(dataset, unique);
      for (const [index, rule] of unique.entries()) {
        const answer = answers.then((readings) => readings[index] ?? unknownReading('it was not measured'));
        this.#memory.readings.set(readingKey(rule), answer);
      }
    }
    return Promise.all(rules.map(async (rule) => (await this.#memory.readings.get(readingKey(rule))) ?? notMeasured));
  }

  /** Judges rules, written for the table of one trial, that queries make of what a dataset is made from. */
  async judgeVirtual(
    dataset: TracedDataset,
    virtual: Recomputed,
    rules: readonly (Rule | undefined)[],
  ): Promise<readonly Reading[]> {
    const asked = rules.flatMap((rule) => rule ?? []);
    const description = { ...(await this.describe(dataset)), table: virtualName(virtual.name), kind: 'view' as const };
    await this.#assertHarmless(virtual, dataset);
    const table = { name: virtual.name, expressions: virtual.expressions, description };
    const readings = await this.#execute(dataset, asked, (warehouse) => withVirtualTable(warehouse, table));
    let next = 0;
    return rules.map((rule) => (rule ? readings[next++] : undefined) ?? notMeasured);
  }

  /** @throws GuardError */
  async #assertHarmless({ parts }: Recomputed, dataset: TracedDataset): Promise<void> {
    const guard = await this.#ports.loadGuard();
    for (const { sql } of parts) guard.query(sql, this.dialectOf(dataset));
  }

  /** Rows of a query of ours, which is sent once a run. @throws WarehouseError, PlanError */
  rows(dataset: TracedDataset, sql: string, limit: number): Promise<readonly Row[]> {
    const { answers } = this.#memory;
    const key = JSON.stringify([this.warehouseNameOf(dataset), sql]);
    const answer = answers.get(key) ?? this.#ask(dataset, sql, limit);
    answers.set(key, answer);
    return this.#noting(dataset, answer);
  }

  /** Surveys go on without what they cannot read; it is remembered why. */
  async #noting<Answer>({ name }: TracedDataset, answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (error) {
      if (!this.#unread.has(name)) this.#unread.set(name, messageOf(error));
      throw error;
    }
  }

  async #ask(dataset: TracedDataset, sql: string, limit: number): Promise<readonly Row[]> {
    const { warehouse, name } = this.#reach(dataset);
    const { signal, timeoutMs, runId } = this.#ports.options;
    this.#takeRoom();
    let bytes: number | undefined;
    try {
      return await this.#ports.limited(() =>
        warehouse.executeSample(sql, limit, {
          ...{ signal, timeoutMs, isOptional: true, label: `aegis run=${runId} ${this.#purpose}=${name}` },
          onStatement: ({ bytesScanned }) => {
            bytes = bytesScanned;
          },
        }),
      );
    } finally {
      this.#addBytes(bytes ?? null);
    }
  }

  /** What the rows that fail a check have in common, as far as segments and days tell it; asked once a run. */
  segments({ dataset, rule, reading }: Pick<Symptom, 'dataset' | 'rule' | 'reading'>): Promise<readonly Fact[]> {
    const { segments } = this.#memory;
    const key = readingKey(rule);
    const known = segments.get(key) ?? this.#gather(dataset, rule, reading);
    segments.set(key, known);
    return known;
  }

  async #gather(dataset: TracedDataset, rule: Rule, { seen }: Reading): Promise<readonly Fact[]> {
    if (!seen) return [];
    try {
      const { warehouse } = this.#reach(dataset);
      const id = seen.result.rule_id;
      const options = { ...this.#ports.options, history: undefined, onEvent: undefined };
      const gathered = await this.#ports.limited(() =>
        gatherEvidence(
          [{ rule: { ...rule, id }, ...seen }],
          optionalWarehouse(warehouse, () => this.#takeRoom()),
          { ...options, warehouse: this.warehouseNameOf(dataset) },
        ),
      );
      const found = gathered.get(id);
      this.#addBytes(found?.bytesScanned ?? null);
      return (found?.facts ?? []).filter(({ kind }) => tellingKinds.has(kind)).slice(0, mostSegments);
    } catch {
      return [];
    }
  }

  /** @throws PlanError `missing-table`, WarehouseError */
  describe(dataset: TracedDataset): Promise<TableDescription> {
    return this.#noting(dataset, this.#describe(dataset));
  }

  async #describe(dataset: TracedDataset): Promise<TableDescription> {
    const { table } = this.#reach(dataset);
    const catalog = this.#ports.options.catalogs?.(this.warehouseNameOf(dataset));
    if (!catalog) throw new PlanError('internal', 'the run shares no descriptions');
    return catalog.describe(table);
  }

  async #execute(
    dataset: TracedDataset,
    rules: readonly Rule[],
    asVirtual?: (warehouse: Warehouse) => Warehouse,
  ): Promise<readonly Reading[]> {
    try {
      const { warehouse, name, table } = this.#reach(dataset);
      const asked: string[] = [];
      const send = (sql: string) => {
        this.#takeRoom();
        asked.push(sql);
      };
      const numbered = rules.map((rule, index) => ({ ...rule, id: `${rule.id}#${index}` }));
      const task = { id: `rca:${name}`, warehouse: this.warehouseNameOf(dataset), table: name, rules: numbered };
      const options = {
        ...{ ...this.#ports.options, sampleRows: 0, passingRows: 0, history: undefined, onEvent: undefined },
        ...(asVirtual && { catalogs: undefined }),
      };
      const own = (asVirtual ?? itself)(optionalWarehouse(warehouse, send));
      const sourceOf = (rule: Rule) => optionalWarehouse(this.#ports.warehouseOf(rule), send);
      const outcomes = await this.#ports.limited(() => executeAll(task, { own, sourceOf }, options));
      for (const { bytesScanned } of outcomes) this.#addBytes(bytesScanned);
      const sql = asked.find((text) => text.includes(lastPart(table)));
      const readings = new Map(outcomes.flatMap((outcome) => readingsOf(outcome, sql)));
      return numbered.map(({ id }) => readings.get(id) ?? notMeasured);
    } catch (error) {
      const reading = unknownReading(messageOf(error), isAegisError(error) ? error.code : undefined);
      return rules.map(() => reading);
    }
  }

  /** @throws PlanError `missing-table`, ConfigError `unknown-warehouse` */
  #reach(dataset: TracedDataset): Reachable {
    const { name, table, isDropped } = dataset;
    if (isDropped) throw new PlanError('missing-table', `${name} was dropped`);
    if (table === null) throw new PlanError('missing-table', `${name} is no table that a warehouse could be asked for`);
    const scope = { ...this.#home.scope, warehouse: this.warehouseNameOf(dataset) };
    return { name, table, warehouse: this.#ports.warehouseOf({ ...this.#home, scope }) };
  }

  /** Counts a statement before it is sent, so that those under way side by side keep the limit. @throws PlanError `limit` */
  #takeRoom(): void {
    if (this.spent.statements >= mostStatements)
      throw new PlanError('limit', `explaining this table took ${mostStatements} statements, which is the limit`);
    this.spent.statements += 1;
  }

  #addBytes(bytes: number | null): void {
    const { bytesScanned } = this.spent;
    this.spent.bytesScanned = bytesScanned === null || bytes === null ? null : bytesScanned + bytes;
  }
}

/** Evidence about where and when, which an ancestor may show better than the failing table. */
const tellingKinds: ReadonlySet<string> = new Set(['segment', 'segment_pair', 'range', 'began', 'time_bucket']);
const mostSegments = 3;

const itself = (warehouse: Warehouse): Warehouse => warehouse;

const readingsOf = (
  { results, measurements, shown }: TaskOutcome,
  sql: string | undefined,
): readonly (readonly [string, Reading])[] =>
  results.map((result) => {
    const measured = measurements.find(({ ruleId }) => ruleId === result.rule_id)?.state;
    return [result.rule_id, readingOf(result, shown[result.rule_id]?.statements[0] ?? sql, measured)];
  });

const notMeasured = unknownReading('it was not measured');

const lastPart = (table: TableName): string => (table.kind === 'file' ? table.path : (table.parts.at(-1) ?? ''));

/** What one run knows already. */
interface Memory {
  readonly readings: Map<string, Promise<Reading>>;
  readonly answers: Map<string, Promise<readonly Row[]>>;
  readonly segments: Map<string, Promise<readonly Fact[]>>;
}

const memories = new WeakMap<RunPorts, Memory>();

const memoryOf = (ports: RunPorts): Memory => {
  const memory = memories.get(ports) ?? { readings: new Map(), answers: new Map(), segments: new Map() };
  memories.set(ports, memory);
  return memory;
};

const readingKey = ({ type, params, nulls, failIf, warnIf, scope }: Rule): string =>
  JSON.stringify([type, params, nulls, failIf, warnIf, scope]);
