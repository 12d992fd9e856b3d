import type { ColumnExpression, ColumnType, Dialect, DialectStrategy, TableName } from '@aegis/spec';
import { BaseDialect } from '../base-dialect.js';
import { digitCounts, tooManyDigits } from '../literals.js';
import type { KindsByName } from '../native-type.js';
import { printPattern } from '../pattern/print.js';
import { re2 } from '../pattern/syntaxes.js';
import type { Pattern } from '../pattern/tree.js';
import { selectList } from '../statements/relation.js';
import { backslashed, quotableName, storableText } from '../text.js';

/** Names of INFORMATION_SCHEMA, and the older ones that the API still answers with. */
const kinds: KindsByName = {
  int64: 'integer',
  integer: 'integer',
  numeric: 'decimal',
  bignumeric: 'decimal',
  float64: 'float',
  float: 'float',
  string: 'text',
  bool: 'boolean',
  boolean: 'boolean',
  bytes: 'bytes',
  date: 'date',
  time: 'time',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
  json: 'json',
};

class BigQueryDialect extends BaseDialect {
  readonly name = 'bigquery';
  readonly parserName = 'bigquery';
  protected readonly kinds = kinds;
  readonly typeNames = { double: 'FLOAT64', single: 'FLOAT64', bigint: 'INT64' };
  protected override readonly singlePrecisionTypes: readonly string[] = [];
  /** A query text may have 1 MB, but parameters of the API around it and the parsed tree count too. */
  readonly strategy: DialectStrategy = {
    maxStatementBytes: 200_000,
    maxMeasures: 1_000,
    hashBeforeKeyCounts: false,
    sideBySide: true,
    foldFilters: true,
    standsAlone: () => false,
  };

  override quoteIdentifier(name: string): string {
    return backslashed(quotableName(name), '`');
  }

  override textLiteral(text: string): string {
    return backslashed(storableText(text), "'");
  }

  override numberLiteral(digits: string): string {
    const { whole, fraction } = digitCounts(digits);
    if (fraction === 0 && whole <= 18 && !digits.includes('.')) return digits;
    if (whole <= 29 && fraction <= 9) return `NUMERIC '${digits}'`;
    if (whole <= 38 && fraction <= 38) return `BIGNUMERIC '${digits}'`;
    throw tooManyDigits(digits, this);
  }

  override timestampLiteral(value: string): string {
    return `DATETIME '${value}'`;
  }

  override zonedTimestampLiteral(value: string): string {
    return `TIMESTAMP '${value}+00'`;
  }

  /** There is no UUID type: such columns are text. */
  override uuidLiteral(value: string): string {
    return this.textLiteral(value);
  }

  override binaryText(sql: string): string {
    return `COLLATE(${sql}, '')`;
  }

  /** Joins hold NaN unequal to itself; adding 0 turns −0 into 0. */
  override joinKey(sql: string, type: ColumnType): string {
    return type.kind === 'float' ? `CAST(${sql} + 0 AS STRING)` : super.joinKey(sql, type);
  }

  override isFinite(sql: string): string {
    return `(NOT (is_nan(${sql}) OR is_inf(${sql})))`;
  }

  protected override matchesPattern(text: string, pattern: Pattern): string {
    return `regexp_contains(${text}, ${this.textLiteral(printPattern(pattern, re2))})`;
  }

  override trimmed(text: string): string {
    return `trim(${text}, '\\t\\n\\x0b\\x0c\\r\\u0020\\u00a0')`;
  }

  override hash(keys: readonly ColumnExpression[]): string {
    const values = keys.map((key) => this.joinKey(this.quoteIdentifier(key.name), key.type));
    return `farm_fingerprint(to_json_string(STRUCT(${values.join(', ')})))`;
  }

  override widened(sql: string, { kind }: ColumnType): string {
    return kind === 'integer' ? `CAST(${sql} AS BIGNUMERIC)` : sql;
  }

  override summable(sql: string): string {
    return `CAST(${sql} AS BIGNUMERIC)`;
  }

  override countIf(condition: string): string {
    return `countif(${condition})`;
  }

  override filtered(name: string, operand: string, condition: string | undefined, modifier = ''): string {
    return `${name}(${modifier}${condition === undefined ? operand : `IF(${condition}, ${operand}, NULL)`})`;
  }

  /** There is no `VALUES`. */
  override constantRows(rows: readonly (readonly string[])[], names: readonly string[], alias: string): string {
    return `(${rows.map((row) => `SELECT ${selectList(row, names)}`).join(' UNION ALL ')}) AS ${alias}`;
  }

  override asText(sql: string): string {
    return `CAST(${sql} AS STRING)`;
  }

  /** Text of a number ends where its digits do. */
  override decimalText(sql: string): string {
    return this.asText(sql);
  }

  override roundedDecimal(sql: string, digits: number): string {
    return `round(CAST(${sql} AS BIGNUMERIC), ${digits})`;
  }

  override microseconds(sql: string, { kind }: ColumnType): string {
    if (kind === 'date') return `(unix_date(${sql}) * 86400000000)`;
    if (kind === 'timestamptz') return `unix_micros(${sql})`;
    if (kind === 'time') return `time_diff(${sql}, TIME '00:00:00', MICROSECOND)`;
    return `datetime_diff(${sql}, DATETIME '1970-01-01 00:00:00', MICROSECOND)`;
  }

  override hashNumber(text: string): string {
    return `CAST(concat('0x', substr(to_hex(md5(${text})), 1, 15)) AS INT64)`;
  }

  /** Table names compare exactly. Without a dataset, the connection's default dataset is meant. */
  override describeSql(table: TableName): string {
    const { dataset, name } = this.#place(table);
    return (
      `SELECT column_name, data_type, is_nullable FROM ${dataset}INFORMATION_SCHEMA.COLUMNS ` +
      `WHERE table_name = ${this.textLiteral(name)} ORDER BY ordinal_position`
    );
  }

  modifiedAtSql(table: TableName): string {
    const { dataset, name } = this.#place(table);
    return `SELECT timestamp_millis(last_modified_time) FROM ${dataset}__TABLES__ WHERE table_id = ${this.textLiteral(name)}`;
  }

  #place(table: TableName): { readonly dataset: string; readonly name: string } {
    if (table.kind === 'file') return { dataset: this.fileRelation(table.path), name: '' };
    const dataset = table.parts.slice(0, -1).map((part) => `${this.quoteIdentifier(part)}.`);
    return { dataset: dataset.join(''), name: table.parts.at(-1) ?? '' };
  }
}

export const bigqueryDialect = new BigQueryDialect();

/** Reads tables as they were at a moment, where time travel can: not views and external tables. */
class PastBigQueryDialect extends BigQueryDialect {
  readonly #at: string;
  readonly #hasPast: (table: TableName) => boolean;

  constructor(at: string, hasPast: (table: TableName) => boolean) {
    super();
    this.#at = at;
    this.#hasPast = hasPast;
  }

  override relation(table: TableName): string {
    const name = this.tableName(table);
    // An alias would have to stand before the clause, so it stands alone.
    return this.#hasPast(table) ? `(SELECT * FROM ${name} FOR SYSTEM_TIME AS OF ${this.#at})` : name;
  }
}

/** The dialect of statements that all read the state of one moment, an ISO 8601 timestamp ending in `Z`. */
export const bigqueryDialectAt = (moment: string, hasPast: (table: TableName) => boolean): Dialect => {
  const at = bigqueryDialect.expression({ kind: 'literal', type: 'timestamptz', value: moment.replace('T', ' ') });
  return new PastBigQueryDialect(at, hasPast);
};
