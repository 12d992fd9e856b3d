import { describe, expect, it } from 'vitest';
import {
  AuditError,
  type AuditReason,
  ConfigError,
  type ConfigReason,
  GuardError,
  type GuardReason,
  LanguageModelError,
  LineageError,
  type LineageReason,
  type ModelReason,
  PlanError,
  type PlanReason,
  RuleError,
  type RuleReason,
  WarehouseError,
  type WarehouseReason,
} from './errors.js';
import { outcomes } from './result.js';
import { severities } from './rule.js';

/**
 * What other people's code and stored files rely on, as literals. A test here that turns red asks for a decision
 * (VERSIONING.md), not for an edit.
 */
type Pinned<Reason extends string> = { readonly [reason in Reason]: 'final' | 'retryable' };

const config: Pinned<ConfigReason> = {
  'not-found': 'final',
  invalid: 'final',
  'unknown-warehouse': 'final',
  'missing-adapter': 'final',
  'missing-secret': 'final',
  output: 'final',
  usage: 'final',
};
const rule: Pinned<RuleReason> = {
  'not-found': 'final',
  syntax: 'final',
  invalid: 'final',
  'duplicate-id': 'final',
  'unknown-type': 'final',
  unsupported: 'final',
};
const plan: Pinned<PlanReason> = {
  'missing-table': 'final',
  'missing-column': 'final',
  'ambiguous-name': 'final',
  'type-mismatch': 'final',
  unsupported: 'final',
  limit: 'final',
  'resume-mismatch': 'final',
  internal: 'final',
};
const warehouse: Pinned<WarehouseReason> = {
  connection: 'retryable',
  authentication: 'final',
  authorization: 'final',
  syntax: 'final',
  'not-found': 'final',
  timeout: 'final',
  throttled: 'retryable',
  cancelled: 'final',
  unsupported: 'final',
  unknown: 'final',
};
const model: Pinned<ModelReason> = {
  authentication: 'final',
  'rate-limit': 'retryable',
  quota: 'final',
  overloaded: 'retryable',
  'context-length': 'final',
  'content-filter': 'final',
  'invalid-request': 'final',
  'invalid-output': 'final',
  timeout: 'retryable',
  connection: 'retryable',
  'not-found': 'final',
  cancelled: 'final',
  budget: 'final',
  unknown: 'final',
};
const guard: Pinned<GuardReason> = {
  syntax: 'final',
  'not-expression': 'final',
  'not-select': 'final',
  forbidden: 'final',
  'out-of-scope': 'final',
  'control-character': 'final',
};
const lineage: Pinned<LineageReason> = { 'not-found': 'final', invalid: 'final', 'ambiguous-name': 'final' };
const audit: Pinned<AuditReason> = {
  open: 'final',
  'read-only': 'final',
  corrupt: 'final',
  'newer-version': 'final',
  busy: 'retryable',
  'not-found': 'final',
};

const reasonsOf = <Reason extends string>(pinned: Pinned<Reason>) => Object.keys(pinned) as Reason[];
const found = <Reason extends string>(
  pinned: Pinned<Reason>,
  create: (reason: Reason) => { readonly code: string; readonly retryable: boolean },
) =>
  Object.fromEntries(
    reasonsOf(pinned).map((reason) => {
      const { code, retryable } = create(reason);
      return [code, retryable ? 'retryable' : 'final'];
    }),
  );

const coded = (family: string, pinned: Pinned<string>) =>
  Object.fromEntries(Object.entries(pinned).map(([reason, retry]) => [`${family}/${reason}`, retry]));

describe('error codes, and whether they may be retried', () => {
  it.each([
    ['config', config, found(config, (reason) => new ConfigError(reason, ''))],
    ['rule', rule, found(rule, (reason) => new RuleError(reason, ''))],
    ['plan', plan, found(plan, (reason) => new PlanError(reason, ''))],
    ['warehouse', warehouse, found(warehouse, (reason) => new WarehouseError(reason, ''))],
    ['model', model, found(model, (reason) => new LanguageModelError(reason, ''))],
    ['guard', guard, found(guard, (reason) => new GuardError(reason, ''))],
    ['lineage', lineage, found(lineage, (reason) => new LineageError(reason, ''))],
    ['audit', audit, found(audit, (reason) => new AuditError(reason, ''))],
  ] as const)('are the pinned ones in the family %s', (family, pinned, actual) => {
    expect(actual).toEqual(coded(family, pinned));
  });
});

it('has five outcomes', () => {
  expect(outcomes).toEqual(['pass', 'warn', 'fail', 'error', 'not_applicable']);
});

it('has five severities, the worst first', () => {
  expect(severities).toEqual(['critical', 'high', 'medium', 'low', 'info']);
});

it('exports these values from its two entries and no others', async () => {
  expect(Object.keys(await import('./index.js')).sort()).toEqual([
    'AegisError',
    'AuditError',
    'ConfigError',
    'GuardError',
    'LanguageModelError',
    'LineageError',
    'PlanError',
    'RuleError',
    'WarehouseError',
    'formatLocation',
    'isAegisError',
    'measurementKey',
    'outcomes',
    'severities',
  ]);
  expect(Object.keys(await import('./fakes/index.js')).sort()).toEqual(['FakeLanguageModel', 'FakeWarehouse']);
});
