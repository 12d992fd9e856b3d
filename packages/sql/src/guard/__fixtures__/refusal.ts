import { GuardError } from '@aegis/spec';
import type { SqlGuard } from '../index.js';
import { type DialectName, dialects } from './dialects.js';

/** The guard's error for a text, or `undefined` when it let the text pass. Anything else that is thrown is a defect. */
export const refusalOf = (
  guard: SqlGuard,
  kind: 'expression' | 'query',
  sql: string,
  dialect: DialectName,
): GuardError | undefined => {
  try {
    guard[kind](sql, dialects[dialect]);
    return undefined;
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
};
