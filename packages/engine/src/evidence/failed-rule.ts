import type { Measurements } from '@aegis/rules';
import type { ColumnExpression, RowTest, Rule, RuleResult } from '@aegis/spec';
import type { StatementRunner } from '../execute/runner.js';
import { Catalog } from '../plan/catalog.js';
import { loadGuardFor } from '../plan/guard-source.js';
import { judgeContext, type PreparedRule } from '../plan/prepare.js';
import { prepareAll } from '../plan/prepare-all.js';
import type { ExecuteOptions } from '../types.js';
import { candidateColumns } from './candidate-columns.js';
import { isNullTest } from './condition-shape.js';
import type { Cases } from './evidence-table.js';
import { type FailingCase, ownColumnsOf, rowTestOf } from './failing-case.js';
import type { WholeTable } from './volume-facts.js';

/** A rule that did not hold, and what it had measured. */
export interface FailedRule {
  readonly rule: Rule;
  readonly result: RuleResult;
  readonly measured: Measurements;
}

export interface EvidenceOptions extends ExecuteOptions {
  /** The configured name of the warehouse. */
  readonly warehouse: string;
}

/** Failed rules by what can be asked about them. */
export interface SortedRules {
  /** Rules whose failing rows can be told apart, by relation and filter. */
  readonly rows: readonly Cases[];
  /** Rules about whole tables, by relation and filter. */
  readonly tables: readonly WholeTable[];
}

export const sortRules = async (
  failed: readonly FailedRule[],
  runner: StatementRunner,
  options: EvidenceOptions,
): Promise<SortedRules> => {
  const prepared = await prepareFailed(failed, runner, options);
  const rows = new Map<string, [FailingCase, ...FailingCase[]]>();
  const tables = new Map<string, PreparedRule[]>();
  for (const { rule, each } of prepared) {
    const key = JSON.stringify(each.context.relation('target'));
    const failing = caseOf(each, rule);
    if (failing) rows.set(key, [...(rows.get(key) ?? []), failing] as [FailingCase, ...FailingCase[]]);
    else if (each.type.unit === 'table') tables.set(key, [...(tables.get(key) ?? []), each]);
  }
  return { rows: [...rows.values()], tables: [...tables.values()].flatMap((each) => wholeTable(each, options.now)) };
};

const prepareFailed = async (
  failed: readonly FailedRule[],
  runner: StatementRunner,
  { types, now, timezone, loadGuard, catalogs, warehouse }: EvidenceOptions,
) => {
  const rules = failed.map(({ rule }) => rule);
  const side = { warehouse: runner.warehouse, catalog: catalogs?.(warehouse) ?? new Catalog(runner.warehouse) };
  const guard = await loadGuardFor(rules, types, loadGuard);
  const statement = runner.accountedTo(rules.map(({ id }) => id));
  const sides = { target: side, source: side };
  const { prepared } = await prepareAll(rules, types, { now, timezone, sides, guard, statement });
  return prepared.flatMap((each) => {
    const rule = failed.find((candidate) => candidate.rule.id === each.rule.id);
    return rule ? [{ rule, each }] : [];
  });
};

const caseOf = (prepared: PreparedRule, { result, measured }: FailedRule): FailingCase | undefined => {
  const judging = judgeContext(prepared, { history: [], rows: [] });
  const failing = result.rows_failed === 0 ? undefined : prepared.type.failingRows?.(measured, judging);
  const test = failing && rowTestOf(failing, prepared);
  if (!test) return undefined;
  const ownColumns = ownColumnsOf(prepared, test);
  return hasMoreToTell(prepared, test, ownColumns) ? { prepared, result, test, ownColumns } : undefined;
};

/** Rows that are NULL, or repeated, in the only columns that there are say nothing more. */
const hasMoreToTell = ({ target }: PreparedRule, test: RowTest, own: ReadonlySet<string>): boolean => {
  const tellsValues = test.kind !== 'duplicated' && !isNullTest(test);
  return tellsValues || candidateColumns(target, own).some(({ name }) => !own.has(name));
};

const wholeTable = (rules: readonly PreparedRule[], now: string): readonly WholeTable[] => {
  const [first] = rules;
  if (!first) return [];
  const columns = first.target.columns.map(({ name, type }): ColumnExpression => ({ kind: 'column', name, type }));
  const { timezone } = first.context;
  return [
    { from: first.context.relation('target'), columns, timezone, now, ruleIds: rules.map(({ rule }) => rule.id) },
  ];
};
