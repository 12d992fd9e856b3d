import type { Measurements } from '@aegis/rules';
import { isAegisError, type Rule, type RuleResult, type Warehouse, type WarehouseSnapshot } from '@aegis/spec';
import { StatementRunner, shareOf } from '../execute/runner.js';
import { Catalog } from '../plan/catalog.js';
import { loadGuardFor } from '../plan/guard-source.js';
import { judgeContext, type PreparedRule } from '../plan/prepare.js';
import { prepareAll } from '../plan/prepare-all.js';
import type { ExecuteOptions } from '../types.js';
import { canBeParted, dimensionsOf, evidenceTable, sampleFailing } from './evidence-table.js';
import type { Fact } from './fact.js';
import { type FailingCase, ownColumnsOf, rowTestOf } from './failing-case.js';
import { segmentFact } from './segment-facts.js';
import { countTable, findSegments } from './table-segments.js';

/** A rule that did not hold, and what it had measured. */
export interface FailedRule {
  readonly rule: Rule;
  readonly result: RuleResult;
  readonly measured: Measurements;
}

/** What was found out about one failure, and what that cost. */
export interface GatheredEvidence {
  /** The most telling first. */
  readonly facts: readonly Fact[];
  readonly notes: readonly string[];
  /** The rule's share. */
  readonly statements: number;
  readonly durationMs: number;
  /** `null` where the warehouse does not say. */
  readonly bytesScanned: number | null;
}

interface Findings {
  readonly facts: readonly Fact[];
  readonly notes: readonly string[];
}

const nothing: Findings = { facts: [], notes: [] };

/**
 * Looks for what the failing rows of one table have in common, in a bounded number of statements, which count as optional.
 * Where no sample rows are wanted, none are read here either. Never rejects for what concerns evidence: a note says what could not be looked at. Answers by rule id.
 */
export const gatherEvidence = async (
  failed: readonly FailedRule[],
  warehouse: Warehouse,
  options: ExecuteOptions & { readonly warehouse: string },
): Promise<ReadonlyMap<string, GatheredEvidence>> => {
  let snapshot: WarehouseSnapshot | undefined;
  let runner = runnerFor(warehouse, failed, options);
  const findings = new Map<string, Findings>();
  try {
    await warehouse.connect();
    snapshot = await warehouse.snapshot?.(runner.statementOptions);
    if (snapshot) runner = runnerFor(snapshot, failed, options);
    for (const cases of options.sampleRows === 0 ? [] : await casesOf(failed, runner, options)) {
      for (const [id, found] of await findingsOf(cases, runner)) findings.set(id, found);
    }
  } catch (error) {
    for (const { rule } of failed) findings.set(rule.id, unfound(error));
  } finally {
    await snapshot?.release();
  }
  return new Map(
    failed.map(({ rule: { id } }) => [id, { ...(findings.get(id) ?? nothing), ...shareOf(id, runner.sent) }]),
  );
};

const unfound = (error: unknown): Findings => ({
  facts: [],
  notes: [`no further evidence: ${isAegisError(error) ? error.message : String(error)}`],
});

const runnerFor = (
  warehouse: Warehouse,
  [first]: readonly FailedRule[],
  { signal, timeoutMs, runId, onEvent }: ExecuteOptions,
): StatementRunner => {
  const table = first?.result.table ?? '';
  return new StatementRunner(warehouse, {
    signal,
    timeoutMs,
    label: `aegis run=${runId} evidence=${table}`,
    onSent: ({ durationMs }) => onEvent?.({ type: 'statement_finished', table, durationMs }),
  });
};

type Cases = readonly [FailingCase, ...FailingCase[]];

/** Rules whose failing rows can be told apart, by relation and filter. */
const casesOf = async (
  failed: readonly FailedRule[],
  runner: StatementRunner,
  options: ExecuteOptions & { readonly warehouse: string },
): Promise<readonly Cases[]> => {
  const rules = failed.map(({ rule }) => rule);
  const catalog = options.catalogs?.(options.warehouse) ?? new Catalog(runner.warehouse);
  const side = { warehouse: runner.warehouse, catalog };
  const guard = await loadGuardFor(rules, options.types, options.loadGuard);
  const { prepared } = await prepareAll(rules, options.types, {
    ...{ now: options.now, timezone: options.timezone, sides: { target: side, source: side }, guard },
    statement: runner.accountedTo(rules.map(({ id }) => id)),
  });
  const groups = new Map<string, [FailingCase, ...FailingCase[]]>();
  for (const each of prepared) {
    const failing = failed.find(({ rule }) => rule.id === each.rule.id);
    const failingCase = failing && caseOf(each, failing);
    if (!failingCase) continue;
    const key = JSON.stringify(each.context.relation('target'));
    const group = groups.get(key);
    if (group) group.push(failingCase);
    else groups.set(key, [failingCase]);
  }
  return [...groups.values()];
};

const caseOf = (prepared: PreparedRule, { result, measured }: FailedRule): FailingCase | undefined => {
  const judging = judgeContext(prepared, { history: [], rows: [] });
  const failing = result.rows_failed === 0 ? undefined : prepared.type.failingRows?.(measured, judging);
  const test = failing && rowTestOf(failing, prepared);
  return test && { prepared, result, test, ownColumns: ownColumnsOf(prepared, test) };
};

const findingsOf = async (cases: Cases, runner: StatementRunner): Promise<ReadonlyMap<string, Findings>> => {
  const table = evidenceTable(cases, runner);
  const ids = cases.map(({ prepared }) => prepared.rule.id);
  try {
    if (!canBeParted(table)) return new Map();
    const samples = await sampleFailing(table);
    const counted = await countTable(table, await dimensionsOf(table, samples));
    const segments = await findSegments(table, counted);
    const write = (statement: Parameters<typeof runner.warehouse.dialect.statement>[0]) =>
      runner.warehouse.dialect.statement(statement);
    const facts = cases.map(({ test }, index) =>
      (segments[index] ?? []).map((segment) => segmentFact(segment, { from: table.from, test }, write)),
    );
    return new Map(ids.map((id, index) => [id, { facts: facts[index] ?? [], notes: [] }]));
  } catch (error) {
    return new Map(ids.map((id) => [id, unfound(error)]));
  }
};
