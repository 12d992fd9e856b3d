import type { DialectStrategy } from '@aegis/spec';
import { TrinoDialect } from './trino.js';

class AthenaDialect extends TrinoDialect {
  override readonly name = 'athena';
  /** Each scan is billed, and a statement has at most 262,144 bytes. */
  override readonly strategy: DialectStrategy = {
    maxStatementBytes: 262_144,
    maxMeasures: 1_000,
    hashBeforeKeyCounts: false,
    sideBySide: true,
    foldFilters: true,
    standsAlone: () => false,
  };
}

export const athenaDialect = new AthenaDialect();
