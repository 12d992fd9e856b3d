import type { AggregateProbe, Measurements, Probe, ProbeKind } from '@aegis/rules';
import {
  type AggregateExpression,
  type ColumnExpression,
  type Dialect,
  PlanError,
  type Row,
  type ScopedRelation,
  type Statement,
} from '@aegis/spec';
import { count, countAll } from '@aegis/sql';
import type { PreparedRule } from '../plan/prepare.js';
import type { PlannedStatement } from '../types.js';
import { Once } from './once.js';
import type { StatementRunner } from './runner.js';
import { type Slot, SlotGroups } from './slots.js';

/** What one rule measured: values by name, and rows where its probe reads rows. */
export interface Measured {
  readonly values: Measurements;
  readonly rows: readonly Row[];
}

/** Shared state of the rules of one table while they are measured. */
export interface MeasureSession {
  readonly runner: StatementRunner;
  readonly groups: SlotGroups;
  readonly keyCounts: Once<Row>;
}

export const newSession = (runner: StatementRunner): MeasureSession => ({
  runner,
  groups: new SlotGroups(),
  keyCounts: new Once<Row>(),
});

type ProbeOf<Kind extends ProbeKind> = Extract<Probe, { readonly kind: Kind }>;

/** How one kind of probe is measured: first what it wants of the shared scan, then what it asks by itself. */
interface ProbeHandler<Kind extends ProbeKind> {
  /** Aggregates of the shared scan, by measurement name. */
  shared?(probe: ProbeOf<Kind>): { readonly [name: string]: AggregateExpression };
  /** Told before any statement is sent. */
  expect?(probe: ProbeOf<Kind>, rule: PreparedRule, session: MeasureSession): void;
  /** Statements of its own; `shared` holds what the scan gave. */
  own?(probe: ProbeOf<Kind>, rule: PreparedRule, session: MeasureSession, shared: Measurements): Promise<Measured>;
  /** The statements of `own`, as far as they are known before anything was measured. */
  planned?(probe: ProbeOf<Kind>, rule: PreparedRule, dialect: Dialect): readonly PlannedProbe[];
}

export interface PlannedProbe {
  readonly purpose: PlannedStatement['purpose'];
  readonly statement: Statement;
  /** Asked only when what came before did not decide. */
  readonly conditional?: boolean;
}

const target = ({ relations }: PreparedRule): ScopedRelation => {
  if (!relations.target) throw new PlanError('internal', 'the rule has no target');
  return relations.target;
};

const only = (values: Measurements): Measured => ({ values, rows: [] });

/** Rows whose keys are all non-NULL, in the form that other rules on a single column share. */
const complete = (keys: readonly ColumnExpression[]): { readonly [name: string]: AggregateExpression } => {
  const [key] = keys;
  if (keys.length === 1 && key) return { rows: countAll(), complete: count(key) };
  const operands = keys.map((operand) => ({ kind: 'not', operand: { kind: 'is_null', operand } }) as const);
  return { rows: countAll(), complete: { kind: 'count_if', condition: { kind: 'and', operands } } };
};

const handlers: { readonly [Kind in ProbeKind]: ProbeHandler<Kind> } = {
  aggregate: { shared: ({ measures }) => measures },
  frequency: {
    shared: () => ({ rows: countAll() }),
    expect: ({ keys }, rule, { keyCounts }) => keyCounts.expect(keySetOf(rule, keys), rule.rule.id),
    own: async ({ keys }, rule, { runner, keyCounts }) =>
      only(await keyCounts.do(keySetOf(rule, keys), (ruleIds) => countKeys(target(rule), keys, runner, ruleIds))),
    planned: ({ keys }, rule, { strategy }) => {
      const exact = { purpose: 'keys', statement: { kind: 'key_counts', from: target(rule), keys } } as const;
      const hashes = { purpose: 'keys', statement: { kind: 'key_hashes', from: target(rule), keys } } as const;
      return strategy.hashBeforeKeyCounts ? [hashes, { ...exact, conditional: true }] : [exact];
    },
  },
  reference: {
    shared: ({ keys }) => complete(keys),
    own: async (probe, rule, { runner }) => only(await runner.row(unmatchedCounts(probe, rule), [rule.rule.id])),
    planned: (probe, rule) => [{ purpose: 'reference', statement: unmatchedCounts(probe, rule) }],
  },
  metadata: {
    own: async (_probe, { requirements, target: description }) => {
      const names = new Set(description.columns.map(({ name }) => name.toLowerCase()));
      const exists = requirements.columns.every(({ name }) => names.has(name.toLowerCase()));
      return only({ exists, modified_at: description.modifiedAt ?? null });
    },
  },
  query: {
    shared: () => ({ rows: countAll() }),
    own: async ({ sql, expect }, { rule }, { runner }) =>
      expect === 'no_rows'
        ? only(await runner.row({ kind: 'query_count', sql }, [rule.id]))
        : only(await scalarOf(sql, rule.id, runner)),
    planned: ({ sql, expect }) => [
      {
        purpose: 'query',
        statement: expect === 'no_rows' ? { kind: 'query_count', sql } : { kind: 'query_rows', sql, limit: 2 },
      },
    ],
  },
  row_sample: {
    shared: () => ({ rows: countAll() }),
    own: async (probe, rule, { runner }, { rows }) => ({
      values: {},
      rows: await runner.rows(rowSample(probe, rule, String(rows ?? 0)), probe.limit, [rule.rule.id]),
    }),
    planned: (probe, rule) => [{ purpose: 'sample', statement: rowSample(probe, rule, String(probe.limit)) }],
  },
  compare: {
    planned: ({ target: ofTarget, source }, rule) => [
      { purpose: 'compare', statement: aggregateStatement(target(rule), ofTarget) },
      { purpose: 'compare', statement: aggregateStatement(rule.context.relation('source'), source) },
    ],
  },
  key_difference: {
    planned: ({ targetKeys, sourceKeys }, rule) => [
      {
        purpose: 'compare',
        statement: {
          kind: 'key_difference_counts',
          target: target(rule),
          targetKeys,
          source: rule.context.relation('source'),
          sourceKeys,
        },
      },
    ],
  },
};

const unmatchedCounts = ({ keys, referenceKeys }: ProbeOf<'reference'>, rule: PreparedRule): Statement => ({
  kind: 'unmatched_counts',
  from: target(rule),
  keys,
  reference: rule.context.relation('reference').table,
  referenceKeys,
});

const rowSample = ({ columns, limit }: ProbeOf<'row_sample'>, rule: PreparedRule, rowCount: string): Statement => ({
  kind: 'row_sample',
  from: target(rule),
  columns,
  rowCount,
  limit,
});

/** The statement of a probe that shares its scan with nobody. */
export const aggregateStatement = (from: ScopedRelation, { measures }: AggregateProbe): Statement => ({
  kind: 'aggregate',
  from,
  measures: Object.values(measures).map((expression, index) => ({ alias: `m${index}`, expression })),
});

const handlerOf = (probe: Probe) => handlers[probe.kind] as ProbeHandler<ProbeKind>;

const keySetOf = (rule: PreparedRule, keys: readonly ColumnExpression[]): string =>
  JSON.stringify([target(rule), keys.map(({ name }) => name)]);

/** A cheap sound test first where the engine gains by it: as many distinct hashes as rows proves uniqueness. */
const countKeys = async (
  from: ScopedRelation,
  keys: readonly ColumnExpression[],
  runner: StatementRunner,
  ruleIds: readonly string[],
): Promise<Row> => {
  if (runner.warehouse.dialect.strategy.hashBeforeKeyCounts) {
    const { complete: rows, distinct_hashes: hashes } = await runner.row({ kind: 'key_hashes', from, keys }, ruleIds);
    if (String(rows) === String(hashes)) return uniqueKeys(rows ?? null);
  }
  return runner.row({ kind: 'key_counts', from, keys }, ruleIds);
};

const uniqueKeys = (rows: Row[string]): Row => ({
  complete: rows,
  distinct_keys: rows,
  duplicate_keys: '0',
  duplicate_rows: '0',
});

const scalarOf = async (sql: string, ruleId: string, runner: StatementRunner): Promise<Measurements> => {
  const rows = await runner.rows({ kind: 'query_rows', sql, limit: 2 }, 2, [ruleId]);
  const [first] = rows;
  if (!first || rows.length > 1) {
    throw new PlanError(
      'unsupported',
      `\`expect: true\` needs exactly one row; the query gave ${rows.length || 'none'}`,
      {
        hint: 'Aggregate the query to one row, or use `expect: no_rows`.',
      },
    );
  }
  return { value: Object.values(first)[0] ?? null };
};

/** A rule's part of the shared scan, by measurement name. */
export type SharedSlots = { readonly [name: string]: Slot };

/** Registers what a rule wants of the shared scan. Nothing is sent. */
export const wantShared = (rule: PreparedRule, session: MeasureSession): SharedSlots => {
  const handler = handlerOf(rule.probe);
  handler.expect?.(rule.probe, rule, session);
  return wantMeasures(rule, handler.shared?.(rule.probe) ?? {}, session);
};

export const wantMeasures = (
  rule: PreparedRule,
  measures: { readonly [name: string]: AggregateExpression },
  { groups }: MeasureSession,
): SharedSlots => {
  const group = groups.of(target(rule), prunes(rule));
  const wanted = Object.entries(measures).map(([name, expression]) => [name, group.want(expression, rule.rule.id)]);
  return Object.fromEntries(wanted);
};

/** A filter over a partition column lets the engine skip whole partitions. */
const prunes = ({ relations, target: { partitionColumns = [] } }: PreparedRule): boolean =>
  relations.target?.where?.columns.some((name) => partitionColumns.includes(name)) ?? false;

/** The values of a rule's slots. @throws the engine's error when one of them was refused. */
export const valuesOf = (slots: SharedSlots): Measurements => {
  for (const { error } of Object.values(slots)) if (error !== undefined) throw error;
  return Object.fromEntries(Object.entries(slots).map(([name, { value }]) => [name, value ?? null]));
};

/** Sends what a rule asks by itself, and joins it with what the scan gave. */
export const measureOwn = async (
  rule: PreparedRule,
  shared: Measurements,
  session: MeasureSession,
): Promise<Measured> => {
  const own = await handlerOf(rule.probe).own?.(rule.probe, rule, session, shared);
  return { values: { ...shared, ...own?.values }, rows: own?.rows ?? [] };
};

/** The statements that a rule would send by itself, for the printed plan. */
export const plannedStatements = (rule: PreparedRule, dialect: Dialect): readonly PlannedProbe[] =>
  handlerOf(rule.probe).planned?.(rule.probe, rule, dialect) ?? [];
