import type { ColumnExpression, ColumnType, DialectStrategy, TableName } from '@aegis/spec';
import { BaseDialect } from '../base-dialect.js';
import { digitCounts, tooManyDigits } from '../literals.js';
import { baseName, type KindsByName } from '../native-type.js';
import { printPattern } from '../pattern/print.js';
import { java } from '../pattern/syntaxes.js';
import type { Pattern } from '../pattern/tree.js';

/** Trino's names, and those of Hive and Glue that Athena shows for the same types. */
const kinds: KindsByName = {
  tinyint: 'integer',
  smallint: 'integer',
  integer: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  real: 'float',
  float: 'float',
  double: 'float',
  varchar: 'text',
  char: 'text',
  string: 'text',
  boolean: 'boolean',
  varbinary: 'bytes',
  binary: 'bytes',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  'timestamp with time zone': 'timestamptz',
  uuid: 'uuid',
  json: 'json',
};

/** Trino; Athena is Trino with limits of its own. */
export class TrinoDialect extends BaseDialect {
  readonly name: string = 'trino';
  readonly parserName = 'trino';
  protected readonly kinds = kinds;
  readonly typeNames = { double: 'DOUBLE', single: 'REAL', bigint: 'BIGINT' };
  override readonly fractionDigits = 9;
  protected override readonly singlePrecisionTypes = ['real', 'float'];
  readonly strategy: DialectStrategy = {
    maxStatementBytes: 1_000_000,
    maxMeasures: 1_000,
    hashBeforeKeyCounts: false,
    sideBySide: true,
    foldFilters: false,
    standsAlone: () => false,
  };

  override numberLiteral(digits: string): string {
    const { whole, fraction } = digitCounts(digits);
    if (fraction === 0 && whole <= 18 && !digits.includes('.')) return digits;
    if (whole + fraction > 38) throw tooManyDigits(digits, this);
    return `DECIMAL '${digits}'`;
  }

  override zonedTimestampLiteral(value: string): string {
    return `TIMESTAMP '${value} UTC'`;
  }

  /** `char(n)` compares without its trailing spaces. */
  override plainText(sql: string, { native }: ColumnType): string {
    return baseName(native) === 'char' ? `CAST(${sql} AS VARCHAR)` : sql;
  }

  override binaryText(sql: string, type: ColumnType): string {
    return this.plainText(sql, type);
  }

  /** Joins hold NaN unequal to itself; adding 0 turns −0 into 0. */
  override joinKey(sql: string, type: ColumnType): string {
    return type.kind === 'float' ? `CAST(${sql} + 0 AS VARCHAR)` : super.joinKey(sql, type);
  }

  protected override matchesPattern(text: string, pattern: Pattern): string {
    return `regexp_like(${text}, ${this.textLiteral(printPattern(pattern, java))})`;
  }

  override trimmed(text: string): string {
    return `trim(BOTH U&'\\0009\\000A\\000B\\000C\\000D\\0020\\00A0' FROM ${text})`;
  }

  /** Each text in front of which its length stands, so that keys of several columns do not run into each other. */
  override hash(keys: readonly ColumnExpression[]): string {
    const texts = keys.map((key) => this.#keyText(this.quoteIdentifier(key.name), key.type));
    const whole = texts.map((text) => `CAST(length(${text}) AS VARCHAR) || ':' || ${text}`).join(' || ');
    return `xxhash64(to_utf8(${texts.length === 1 ? texts[0] : whole}))`;
  }

  #keyText(sql: string, type: ColumnType): string {
    if (type.kind === 'text') return this.plainText(sql, type);
    if (type.kind === 'bytes') return `to_hex(${sql})`;
    return type.kind === 'float' ? this.joinKey(sql, type) : `CAST(${sql} AS VARCHAR)`;
  }

  override doubleBits(sql: string): string {
    return `from_big_endian_64(to_ieee754_64(${sql}))`;
  }

  /** Where decimals are further apart than the widest decimal holds, they are not near. */
  override isNear(left: string, right: string, largest: string, areDecimals: boolean): string {
    return areDecimals ? `try(abs(${left} - ${right}) <= ${largest})` : super.isNear(left, right, largest, areDecimals);
  }

  /** Differences of moments count milliseconds at best, so the digits of the second come from the text. */
  override microseconds(sql: string, { kind }: ColumnType): string {
    if (kind === 'date')
      return `(CAST(date_diff('day', DATE '1970-01-01', ${sql}) AS DECIMAL(38, 0)) * DECIMAL '86400000000')`;
    if (kind === 'time') return sinceStart(`CAST(${sql} AS time(6))`, "TIME '00:00:00'");
    const naive = kind === 'timestamptz' ? `${sql} AT TIME ZONE 'UTC'` : sql;
    return sinceStart(`CAST(${naive} AS timestamp(6))`, "TIMESTAMP '1970-01-01 00:00:00'");
  }

  override finerThanMicroseconds(_sql: string, { native }: ColumnType): undefined {
    const [, digits = '3'] = /\((\d+)\)/.exec(native) ?? [];
    if (Number(digits) > 6) throw this.cannotWrite(`a ${native}`);
  }

  override hashNumber(text: string): string {
    return `from_base(substr(to_hex(md5(to_utf8(${text}))), 1, 15), 16)`;
  }

  /** Names are held in lower case. */
  override describeSql(table: TableName): string {
    if (table.kind === 'file') return this.fileRelation(table.path);
    const [name = '', schema, catalog] = table.parts.toReversed();
    const lower = (part: string) => this.textLiteral(part.toLowerCase());
    const owner = catalog === undefined ? '' : `${this.quoteIdentifier(catalog)}.`;
    return (
      `SELECT column_name, data_type, is_nullable FROM ${owner}information_schema.columns ` +
      `WHERE table_name = ${lower(name)} AND table_schema = ${schema === undefined ? 'current_schema' : lower(schema)} ` +
      `ORDER BY ordinal_position`
    );
  }
}

/** Whole seconds first, then the six digits at the end of the text. */
const sinceStart = (sql: string, start: string): string =>
  `(date_diff('second', ${start}, date_trunc('second', ${sql})) * 1000000 + CAST(substr(CAST(${sql} AS VARCHAR), -6) AS BIGINT))`;

export const trinoDialect = new TrinoDialect();

/** Reads Iceberg tables in fixed versions; `undefined` for tables that have none. */
class VersionedTrinoDialect extends TrinoDialect {
  readonly #versionOf: (table: TableName) => string | undefined;

  constructor(versionOf: (table: TableName) => string | undefined) {
    super();
    this.#versionOf = versionOf;
  }

  override relation(table: TableName): string {
    const version = this.#versionOf(table);
    return version === undefined
      ? this.tableName(table)
      : `${this.tableName(table)} FOR VERSION AS OF ${BigInt(version)}`;
  }
}

/** The dialect of statements that read each table in the version that is known of it, a whole number as text. */
export const trinoDialectAt = (versionOf: (table: TableName) => string | undefined): TrinoDialect =>
  new VersionedTrinoDialect(versionOf);
