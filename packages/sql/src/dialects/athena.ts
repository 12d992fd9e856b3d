import type { ColumnExpression, Dialect, DialectStrategy, TableName } from '@aegis/spec';
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

  /** Answers hold lists, rows and maps as text that cannot be read back, so they are shown as JSON where they can be cast. */
  override shown({ name, type }: ColumnExpression): string {
    const column = this.quoteIdentifier(name);
    const isNested = type.kind === 'array' || type.kind === 'struct';
    return isNested && !withoutJson.test(type.native) ? `CAST(${column} AS JSON) AS ${column}` : column;
  }
}

/** Types that Athena does not cast to JSON. */
const withoutJson = /\b(binary|varbinary|char|time|interval|uuid|ipaddress)\b|with time zone/i;

export const athenaDialect = new AthenaDialect();

/** Reads Iceberg tables as they were at a moment; other tables and views have no past. */
class PastAthenaDialect extends AthenaDialect {
  readonly #at: string;
  readonly #hasPast: (table: TableName) => boolean;

  constructor(at: string, hasPast: (table: TableName) => boolean) {
    super();
    this.#at = at;
    this.#hasPast = hasPast;
  }

  override relation(table: TableName): string {
    const name = this.tableName(table);
    return this.#hasPast(table) ? `${name} FOR TIMESTAMP AS OF ${this.#at}` : name;
  }
}

/** The dialect of statements that all read the state of one moment, an ISO 8601 timestamp ending in `Z`. */
export const athenaDialectAt = (moment: string, hasPast: (table: TableName) => boolean): Dialect => {
  const at = athenaDialect.expression({ kind: 'literal', type: 'timestamptz', value: moment.replace('T', ' ') });
  return new PastAthenaDialect(at, hasPast);
};
