import type { FailingRows, JudgeContext, Judgement } from '@aegis/rules';
import { displayTableName } from '@aegis/rules';
import {
  isAegisError,
  type JsonObject,
  type Measurement,
  measurementKey,
  type Row,
  type Rule,
  type RuleResult,
} from '@aegis/spec';
import { judgeContext, type PreparedRule } from '../plan/prepare.js';
import { comparisonOf } from '../reconcile/comparison.js';
import { shownRow } from '../reconcile/shown.js';
import type { ExecuteOptions, ProposedFix } from '../types.js';
import { proposedFix } from './proposed-fix.js';
import { errorResult, judgedResult, type ResultContext } from './result.js';
import { type SentStatement, type StatementRunner, shareOf } from './runner.js';
import { boundedRow, leadingColumns, passingStatement, sampleStatement } from './sample.js';
import type { Measured } from './session.js';

/** Where a task's results come from. */
export interface FinishContext {
  readonly warehouse: string;
  readonly consistency: string;
  readonly runner: StatementRunner;
  readonly options: ExecuteOptions;
}

export interface FinishedRule {
  readonly result: RuleResult;
  readonly measurement: Measurement | undefined;
  readonly passing: readonly Row[];
  readonly fix: ProposedFix | null;
}

/** Judges what was measured and, when the rule did not hold, asks for a few rows that show it. */
export const finishRule = async (
  prepared: PreparedRule,
  measured: Measured,
  context: FinishContext,
): Promise<FinishedRule> => {
  const key = keyOf(prepared.rule, context);
  const judging = judgeContext(prepared, { history: await historyOf(prepared, key, context), rows: measured.rows });
  const judgement = prepared.type.judge(measured.values, judging);
  const { rows, note } = await sampleOf(prepared, judgement, measured, judging, context);
  const passing = await passingOf(prepared, judgement, measured, judging, context);
  const resultContext = contextOf(prepared.rule, context, columnsOf(prepared));
  return {
    passing,
    fix: holds(judgement) ? null : proposedFix(prepared, rows, judging, context.runner.warehouse.dialect),
    result: judgedResult(
      prepared.rule,
      judgement,
      rows,
      [...(measured.notes ?? []), ...(note ? [note] : [])],
      resultContext,
    ),
    measurement: {
      key,
      ruleId: prepared.rule.id,
      runId: context.options.runId,
      measuredAt: context.options.now,
      state: measured.values as JsonObject,
      metric: judgement.metric ?? null,
    },
  };
};

/** The result of a rule that an error ended, with what it had cost until then. */
export const failedRule = (
  rule: Rule,
  error: unknown,
  context: FinishContext,
  columns: readonly string[] = [],
): FinishedRule => ({
  result: errorResult(rule, error, contextOf(rule, context, columns)),
  measurement: undefined,
  passing: [],
  fix: null,
});

const contextOf = (rule: Rule, context: FinishContext, columns: readonly string[]): ResultContext => ({
  warehouse: context.warehouse,
  consistency: context.consistency,
  columns,
  ...roundedShare(rule.id, context.runner.sent),
});

const roundedShare = (ruleId: string, sent: readonly SentStatement[]) => {
  const share = shareOf(ruleId, sent);
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return {
    statements: rounded(share.statements),
    durationMs: rounded(share.durationMs),
    bytesScanned: share.bytesScanned === null ? null : Math.round(share.bytesScanned),
  };
};

/** The columns of the rule's own table, as the table spells them. */
const columnsOf = ({ requirements, context }: PreparedRule): readonly string[] =>
  requirements.columns
    .filter(({ relation = 'target' }) => relation === 'target')
    .map(({ name }) => (requirements.columnsMayBeMissing ? name : context.column(name).name));

const keyOf = (rule: Rule, { warehouse, options }: FinishContext): string =>
  measurementKey({
    project: options.project,
    warehouse,
    table: displayTableName(rule.scope.table),
    ruleId: rule.id,
    definitionHash: rule.definitionHash,
  });

const historyOf = async ({ type }: PreparedRule, key: string, { options }: FinishContext) =>
  type.learns && options.history ? options.history.measurements(key, { before: options.now }) : [];

interface Sample {
  readonly rows: readonly Row[];
  readonly note?: string;
}

const sampleOf = async (
  prepared: PreparedRule,
  judgement: Judgement,
  measured: Measured,
  judging: JudgeContext<JsonObject>,
  { runner, options }: FinishContext,
): Promise<Sample> => {
  const limit = options.sampleRows;
  if (limit === 0 || holds(judgement)) return { rows: [] };
  if (judgement.sample) return { rows: judgement.sample.slice(0, limit) };
  const failing = judgement.rowsFailed === 0 ? undefined : prepared.type.failingRows?.(measured.values, judging);
  if (!failing) return { rows: [] };
  try {
    const isFound = measured.isSampled || (failing.kind === 'duplicates' && measured.rows.length > 0);
    const rows = isFound ? measured.rows : await sampledRows(failing, prepared, measured, runner, limit);
    return { rows: rows.map((row) => shownCells(row, prepared)) };
  } catch (error) {
    return { rows: [], note: `no sample: ${isAegisError(error) ? error.message : String(error)}` };
  }
};

const holds = ({ outcome }: Judgement): boolean => outcome !== 'fail' && outcome !== 'warn';

/** Rows of the same scope that satisfy the rule, where one condition tells them apart. They are only shown: an error costs nothing. */
const passingOf = async (
  prepared: PreparedRule,
  judgement: Judgement,
  measured: Measured,
  judging: JudgeContext<JsonObject>,
  { runner, options }: FinishContext,
): Promise<readonly Row[]> => {
  const limit = options.passingRows ?? 0;
  if (limit === 0 || holds(judgement) || judgement.rowsFailed === judgement.rowsChecked) return [];
  const failing = prepared.type.failingRows?.(measured.values, judging);
  if (failing?.kind !== 'condition') return [];
  const rows = await runner
    .shownRows(passingStatement(failing, prepared, limit), limit, [prepared.rule.id])
    .catch(() => []);
  return rows.map((row) => shownCells(row, prepared));
};

const shownCells = (row: Row, prepared: PreparedRule): Row => boundedRow(leadingColumns(row, columnsOf(prepared)));

const sampledRows = async (
  failing: FailingRows,
  prepared: PreparedRule,
  { values }: Measured,
  runner: StatementRunner,
  limit: number,
): Promise<readonly Row[]> => {
  const rows = await runner.shownRows(sampleStatement(failing, prepared, values, limit), limit, [prepared.rule.id]);
  if (failing.kind !== 'row_difference') return rows;
  const comparison = comparisonOf(failing, prepared);
  return rows.map((row) => shownRow(row, comparison));
};
