import { AuditError, ConfigError, GuardError, PlanError, RuleError, WarehouseError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { exitCodeOf, exitCodes } from './exit-codes.js';

it('keeps the numbers that scripts rely on', () => {
  expect(exitCodes).toEqual({ passed: 0, failed: 1, usage: 2, incomplete: 3 });
});

it.each([
  [new ConfigError('usage', ''), 2],
  [new RuleError('invalid', ''), 2],
  [new GuardError('forbidden', ''), 2],
  [new PlanError('limit', ''), 2],
  [new AuditError('not-found', ''), 2],
  [new AuditError('corrupt', ''), 3],
  [new WarehouseError('connection', ''), 3],
  [new Error('a bug'), 3],
])('tells the user’s mistakes from what got in the way: %s', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
