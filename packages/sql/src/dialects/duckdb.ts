import type {
  ColumnExpression,
  ColumnType,
  DialectStrategy,
  FileFormat,
  LiteralExpression,
  TableName,
} from '@aegis/spec';
import { BaseDialect } from '../base-dialect.js';
import { digitCounts, tooManyDigits } from '../literals.js';
import { baseName, decimalSize, type KindsByName } from '../native-type.js';
import { printPattern } from '../pattern/print.js';
import { re2 } from '../pattern/syntaxes.js';
import type { Pattern } from '../pattern/tree.js';
import { type StatementForms, standardForms } from '../statements/index.js';
import { keyDifferenceByAntiJoin } from '../statements/key-difference-anti.js';
import { duckdbAggregate } from './duckdb-aggregate.js';
import { duckdbDuplicateKeys, duckdbKeyCounts, duckdbUnmatchedCounts, duckdbUnmatchedRows } from './duckdb-keys.js';
import { duckdbRows } from './duckdb-rows.js';

const kinds: KindsByName = {
  tinyint: 'integer',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  hugeint: 'integer',
  utinyint: 'integer',
  usmallint: 'integer',
  uinteger: 'integer',
  ubigint: 'integer',
  uhugeint: 'integer',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  varchar: 'text',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  time_ns: 'time',
  timestamp: 'timestamp',
  timestamp_s: 'timestamp',
  timestamp_ms: 'timestamp',
  timestamp_ns: 'timestamp',
  'timestamp with time zone': 'timestamptz',
  uuid: 'uuid',
  blob: 'bytes',
  json: 'json',
};

/** Nanoseconds in 64 bits reach from 1677 to 2262; a bound beyond leaves the same values on its sides as the last one there. */
const withinNanoseconds = (value: string): string => {
  if (value < '1677-09-22') return '1677-09-22 00:00:00';
  return value > '2262-04-11' ? '2262-04-11 00:00:00' : value;
};

/** `ENUM('a', 'b[]')`: its values may hold anything. */
const isEnum = (native: string): boolean => /^enum\(/i.test(native);

const isNanoseconds = (native: string): boolean => /^time(stamp)?_ns$/i.test(native);

class DuckDbDialect extends BaseDialect {
  readonly name = 'duckdb';
  readonly parserName = 'duckdb';
  protected readonly kinds = kinds;
  readonly typeNames = { double: 'DOUBLE', single: 'FLOAT', bigint: 'BIGINT' };
  protected override readonly singlePrecisionTypes = ['float'];
  readonly strategy: DialectStrategy = {
    maxStatementBytes: 4_194_304,
    maxMeasures: 1_000,
    hashBeforeKeyCounts: false,
    sideBySide: false,
    foldFilters: false,
    standsAlone: () => false,
  };

  protected override readonly statementForms: StatementForms = {
    ...standardForms,
    aggregate: duckdbAggregate,
    key_counts: duckdbKeyCounts,
    duplicate_keys: duckdbDuplicateKeys,
    unmatched_counts: duckdbUnmatchedCounts,
    unmatched_rows: duckdbUnmatchedRows,
    rows: duckdbRows,
    key_difference_counts: keyDifferenceByAntiJoin,
  };

  override columnType(native: string): ColumnType {
    return isEnum(native) ? { kind: 'text', native } : super.columnType(native);
  }

  override fileRelation(path: string, format?: FileFormat): string {
    const file = this.textLiteral(path);
    if (format === 'parquet') return `read_parquet(${file})`;
    if (format === 'csv') return `read_csv(${file}, sample_size = -1)`;
    return `read_json(${file}, sample_size = -1)`;
  }

  /** An explicit collation costs nothing: the planner drops it where the column has none. */
  override binaryText(sql: string, type: ColumnType): string {
    return `${this.plainText(sql, type)} COLLATE C`;
  }

  override plainText(sql: string, { native }: ColumnType): string {
    return isEnum(native) ? `CAST(${sql} AS VARCHAR)` : sql;
  }

  override literal(literal: LiteralExpression, beside?: ColumnType): string {
    const isNanoseconds = literal.type === 'timestamp' && beside && baseName(beside.native) === 'timestamp_ns';
    return isNanoseconds ? `TIMESTAMP_NS '${withinNanoseconds(literal.value)}'` : super.literal(literal, beside);
  }

  override isNan(sql: string): string {
    return `isnan(${sql})`;
  }

  override holdsInfinity({ kind }: ColumnType): boolean {
    return kind === 'float' || kind === 'date' || kind === 'timestamp' || kind === 'timestamptz';
  }

  override isFinite(sql: string): string {
    return `isfinite(${sql})`;
  }

  protected override matchesPattern(text: string, pattern: Pattern): string {
    return `regexp_matches(${text}, ${this.textLiteral(printPattern(pattern, re2))})`;
  }

  override trimmed(text: string): string {
    return `trim(${text}, E'\\t\\n\\x0B\\f\\r ' || chr(160))`;
  }

  /** A function is called once for each value of a dictionary, `IN` once for each row: a tenth of the time. */
  override isListed(operand: string, list: string, type: ColumnType): string {
    return type.kind === 'text' ? `list_contains([${list}], ${operand})` : super.isListed(operand, list, type);
  }

  /** Builds its hash table on the other relation, where `NOT EXISTS` may build it on the rows that stay. */
  override antiJoin(rows: string, others: string, on: string): string {
    return `${rows} ANTI JOIN ${others} ON ${on}`;
  }

  /** A set of characters to trim is decoded anew for each row; the pattern takes a fifth of the time. */
  override isBlank(text: string): string {
    return `NOT regexp_matches(${text}, '[^\\t\\n\\v\\f\\r \\x{a0}]')`;
  }

  override countIf(condition: string): string {
    return `count_if(${condition})`;
  }

  /**
   * A join, or `WHERE b = '\xFF'`, asks the bloom filters of Parquet files for bytes in another spelling and finds none of
   * them (seen in 1.5.6); not so for an expression.
   */
  override joinKey(sql: string, type: ColumnType): string {
    return type.kind === 'bytes' ? `(${sql} || CAST('' AS BLOB))` : super.joinKey(sql, type);
  }

  override hash(keys: readonly ColumnExpression[]): string {
    return `hash(${this.keys(keys).join(', ')})`;
  }

  override numberLiteral(digits: string): string {
    const { whole, fraction } = digitCounts(digits);
    if (whole + fraction > 38) throw tooManyDigits(digits, this);
    return fraction > 0 && whole + fraction > 18 ? `CAST('${digits}' AS DECIMAL(38, ${fraction}))` : digits;
  }

  /** `sum` is exact by itself: HUGEINT for integers, DECIMAL(38, s) for decimals. */
  override summable(sql: string): string {
    return sql;
  }

  /** Where decimals are further apart than the widest decimal holds, they are not near. */
  override isNear(left: string, right: string, largest: string, areDecimals: boolean): string {
    return areDecimals ? `try(abs(${left} - ${right}) <= ${largest})` : super.isNear(left, right, largest, areDecimals);
  }

  override widened(sql: string, { kind }: ColumnType): string {
    return kind === 'integer' ? `CAST(${sql} AS HUGEINT)` : sql;
  }

  /** A decimal without room for whole digits is written without a zero before the point. */
  override decimalText(sql: string, scale: number | undefined, type?: ColumnType): string {
    const text = this.asText(sql);
    if (scale === 0) return text;
    const hasNoWhole = type !== undefined && decimalSize(type)?.precision === scale;
    return `rtrim(rtrim(${hasNoWhole ? `regexp_replace(${text}, '^(-?)\\.', '\\10.')` : text}, '0'), '.')`;
  }

  /** Decimals and the widest integers are not cast to the nearest double, their digits are. */
  override exactDouble(sql: string, { kind, native }: ColumnType): string {
    const isWide = kind === 'decimal' || /hugeint/i.test(native);
    return this.asDouble(isWide ? this.asText(sql) : sql);
  }

  override doubleBits(sql: string): string {
    return `CAST(CAST(${sql} AS BIT) AS BIGINT)`;
  }

  /** Dates reach beyond what 64 bits hold in microseconds. */
  override microseconds(sql: string, { kind, native }: ColumnType): string {
    if (kind === 'date') return `(CAST(date_diff('day', DATE '1970-01-01', ${sql}) AS HUGEINT) * 86400000000)`;
    if (!isNanoseconds(native)) return `epoch_us(${sql})`;
    return `((epoch_ns(${sql}) - ${this.#nanoseconds(sql)}) // 1000)`;
  }

  override finerThanMicroseconds(sql: string, { native }: ColumnType): string | undefined {
    return isNanoseconds(native) ? this.#nanoseconds(sql) : undefined;
  }

  #nanoseconds(sql: string): string {
    return `((epoch_ns(${sql}) % 1000 + 1000) % 1000)`;
  }

  override hexText(sql: string): string {
    return `lower(hex(${sql}))`;
  }

  override hashNumber(text: string): string {
    return `CAST('0x' || substr(md5(${text}), 1, 15) AS BIGINT)`;
  }

  /**
   * Names compare without case, as the engine compares them. A first part is a schema or, as the engine allows too, an
   * attached database.
   */
  override describeSql(table: TableName): string {
    if (table.kind === 'file')
      return `SELECT column_name, column_type AS data_type, "null" AS is_nullable FROM (DESCRIBE SELECT * FROM ${this.tableName(table)})`;
    const [name = '', schema, database] = table.parts.toReversed();
    const is = (column: string, value: string) => `lower(${column}) = lower(${this.textLiteral(value)})`;
    const place =
      schema === undefined
        ? "table_schema IN (current_schema(), 'main') AND table_catalog IN (current_database(), 'temp')"
        : database === undefined
          ? `(${is('table_schema', schema)} AND table_catalog = current_database() OR ${is('table_catalog', schema)} AND table_schema = 'main')`
          : `${is('table_schema', schema)} AND ${is('table_catalog', database)}`;
    return (
      `SELECT column_name, data_type, is_nullable FROM information_schema.columns ` +
      `WHERE ${is('table_name', name)} AND ${place} ORDER BY ordinal_position`
    );
  }
}

export const duckdbDialect = new DuckDbDialect();
