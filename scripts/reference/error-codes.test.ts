import { expect, it } from 'vitest';
import { errorFamilies } from './error-codes.js';

const source = `
export type WarehouseReason =
  /** The connection could not be made. */
  | 'connection'
  /**
   * The engine refused
   * the statement.
   */
  | 'syntax'
  | 'unknown';
export type OnlyReason = 'only';
const family = (name: string) => class extends Error {};
/** What an engine answered. See {@link Other}. */
export class WarehouseError extends family<WarehouseReason>('warehouse') {}
export class OnlyError extends family<OnlyReason>('only') {}
export class Unrelated extends Error {}
`;

it('reads families, their codes in order, comments and what may be retried', () => {
  expect(errorFamilies(source)).toEqual([
    {
      className: 'WarehouseError',
      name: 'warehouse',
      summary: 'What an engine answered. See `Other`.',
      codes: [
        { code: 'warehouse/connection', meaning: 'The connection could not be made.', retryable: true },
        { code: 'warehouse/syntax', meaning: 'The engine refused the statement.', retryable: false },
        { code: 'warehouse/unknown', meaning: '', retryable: false },
      ],
    },
    {
      className: 'OnlyError',
      name: 'only',
      summary: '',
      codes: [{ code: 'only/only', meaning: '', retryable: false }],
    },
  ]);
});

it('does not guess reasons that are declared elsewhere', () => {
  expect(() => errorFamilies("class A extends family<Elsewhere>('a') {}")).toThrow(
    'Elsewhere is not a type of this file',
  );
});
