import type { Failure, Rule, RuleResult } from '@aegis/spec';

const rule: Rule = {
  ...{ id: 'orders_status', type: 'accepted_values', severity: 'high', status: 'active', tags: [] },
  ...{ description: 'Orders have a known status.', nulls: 'ignore', proposalStrategy: 'llm_simple' },
  ...{ commonCauses: [], upstreamTables: [], definitionHash: 'h' },
  scope: { table: { kind: 'named', parts: ['orders'] } },
  params: { column: 'status', values: ['placed', 'shipped'] },
};

const result: RuleResult = {
  ...{ rule_id: 'orders_status', rule_type: 'accepted_values', description: null, owner: null, tags: [] },
  ...{ table: 'orders', columns: ['status'], outcome: 'fail', severity: 'high', effective_severity: 'high' },
  ...{ escalated: false, model_severity: null, rows_checked: 100, rows_failed: 2, unit: 'rows', failed_percent: 2 },
  ...{ failed_by: null, rows_sampled: null, duration_ms: 1, statements: 1, bytes_scanned: null, warehouse: 'main' },
  ...{ consistency: 'per statement', location: null, notes: [], error: null },
  ...{ diagnosis: null, root_cause: null, remediation: null },
  observed: { failed: 2 },
  expected: { values: ['placed', 'shipped'] },
  sample: [
    { status: 'Shipped', email: 'ann@example.com', first_name: 'Ann' },
    { status: 'lost', email: 'bob@example.com', first_name: 'Al' },
  ],
};

const failure: Failure = {
  rule,
  result,
  evidence: [
    {
      ...{ id: 'e1', kind: 'segment', sentence: "first_name = 'Ann' has 1 of 2 failures" },
      numbers: { column: 'first_name', value: 'Ann', share: 0.5 },
    },
  ],
  context: {
    ...{ dialect: 'duckdb', target: '"orders"', statements: ['SELECT count(*) AS m0 FROM "orders"'] },
    columns: [
      { name: 'status', type: { kind: 'text', native: 'VARCHAR' } },
      { name: 'email', type: { kind: 'text', native: 'VARCHAR' }, nullable: false },
    ],
    passing: [{ status: 'placed', email: 'eve@example.com', first_name: 'Eve' }],
    ...{ upstream: ['raw_orders'], downstream: ['revenue'] },
  },
};

/** A failure of two orders, with some of it changed. */
export const failureWith = (change: {
  readonly rule?: Partial<Rule>;
  readonly result?: Partial<RuleResult>;
  readonly context?: Partial<Failure['context']>;
  readonly evidence?: Failure['evidence'];
}): Failure => ({
  rule: { ...rule, ...change.rule },
  result: { ...result, ...change.result },
  context: { ...failure.context, ...change.context },
  evidence: change.evidence ?? failure.evidence,
});
