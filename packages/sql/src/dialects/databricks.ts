import {
  type ColumnExpression,
  type ColumnType,
  type Dialect,
  type DialectStrategy,
  PlanError,
  type TableName,
} from '@aegis/spec';
import { BaseDialect } from '../base-dialect.js';
import { digitCounts, tooManyDigits } from '../literals.js';
import { decimalSize, type KindsByName } from '../native-type.js';
import { printPattern } from '../pattern/print.js';
import { java } from '../pattern/syntaxes.js';
import type { Pattern } from '../pattern/tree.js';
import { backslashed, doubled, quotableName, storableText } from '../text.js';

const kinds: KindsByName = {
  tinyint: 'integer',
  byte: 'integer',
  smallint: 'integer',
  short: 'integer',
  int: 'integer',
  integer: 'integer',
  bigint: 'integer',
  long: 'integer',
  decimal: 'decimal',
  numeric: 'decimal',
  float: 'float',
  real: 'float',
  double: 'float',
  string: 'text',
  varchar: 'text',
  char: 'text',
  boolean: 'boolean',
  binary: 'bytes',
  date: 'date',
  timestamp_ntz: 'timestamp',
  timestamp: 'timestamptz',
  timestamp_ltz: 'timestamptz',
  variant: 'json',
};

class DatabricksDialect extends BaseDialect {
  readonly name = 'databricks';
  readonly parserName = 'databricks';
  protected readonly kinds = kinds;
  readonly typeNames = { double: 'DOUBLE', single: 'FLOAT', bigint: 'BIGINT' };
  protected override readonly singlePrecisionTypes = ['float', 'real'];
  readonly strategy: DialectStrategy = {
    maxStatementBytes: 15_728_640,
    maxMeasures: 1_000,
    hashBeforeKeyCounts: false,
    sideBySide: true,
    foldFilters: false,
    standsAlone: () => false,
  };

  override columnType(native: string): ColumnType {
    return { kind: super.columnType(native.replace(collation, '')).kind, native };
  }

  override quoteIdentifier(name: string): string {
    if (name.includes('${'))
      throw new PlanError('unsupported', `the name ${name} holds \${, which Spark replaces by a variable`);
    return doubled(quotableName(name), '`');
  }

  /** Spark replaces `${…}` by variables even inside quotes. */
  override textLiteral(text: string): string {
    return backslashed(storableText(text), "'").replaceAll('${', '\\u0024{');
  }

  override numberLiteral(digits: string): string {
    const { whole, fraction } = digitCounts(digits);
    if (whole + fraction > 38) throw tooManyDigits(digits, this);
    return digits;
  }

  override timestampLiteral(value: string): string {
    return `CAST('${value}' AS TIMESTAMP_NTZ)`;
  }

  override zonedTimestampLiteral(value: string): string {
    return `TIMESTAMP '${value}Z'`;
  }

  override timeLiteral(): string {
    throw new PlanError('unsupported', 'databricks has no type for a time of day');
  }

  /** There is no UUID type: such columns are text. */
  override uuidLiteral(value: string): string {
    return this.textLiteral(value);
  }

  override binaryText(sql: string, { native }: ColumnType): string {
    return collation.test(native) ? `${sql} COLLATE UTF8_BINARY` : sql;
  }

  /** NaN equals itself and is above infinity. */
  override isNan(sql: string): string {
    return `(${sql} = CAST('NaN' AS DOUBLE))`;
  }

  override isFinite(sql: string): string {
    return `(abs(${sql}) < CAST('Infinity' AS DOUBLE))`;
  }

  protected override matchesPattern(text: string, pattern: Pattern): string {
    return `regexp_like(${text}, ${this.textLiteral(printPattern(pattern, java))})`;
  }

  override trimmed(text: string): string {
    return `trim(BOTH '\\t\\n\\u000b\\u000c\\r\\u0020\\u00a0' FROM ${text})`;
  }

  /** Adding 0 turns −0 into 0, which hashes to another value. */
  override hash(keys: readonly ColumnExpression[]): string {
    const values = this.keys(keys).map((sql, index) => (keys[index]?.type.kind === 'float' ? `${sql} + 0` : sql));
    return `xxhash64(${values.join(', ')})`;
  }

  override summable(sql: string, type: ColumnType): string {
    return `CAST(${sql} AS DECIMAL(38, ${decimalSize(type)?.scale ?? 0}))`;
  }

  /** Spark rounds a difference of decimals with many digits, so whole numbers and fractions are subtracted apart. */
  override isNear(left: string, right: string, largest: string, areDecimals: boolean): string {
    if (!areDecimals) return super.isNear(left, right, largest, areDecimals);
    const whole = `least(greatest(floor(${left}) - floor(${right}), -${beyond}), ${beyond})`;
    return `abs(CAST(${whole} AS DECIMAL(19, 0)) + (pmod(${left}, 1) - pmod(${right}, 1))) <= ${largest}`;
  }

  override countIf(condition: string): string {
    return `count_if(${condition})`;
  }

  override asText(sql: string): string {
    return `CAST(${sql} AS STRING)`;
  }

  override microseconds(sql: string, { kind, native }: ColumnType): string {
    if (kind === 'date') return `(CAST(unix_date(${sql}) AS DECIMAL(38, 0)) * 86400000000)`;
    if (/ntz/i.test(native)) return `timestampdiff(MICROSECOND, TIMESTAMP_NTZ '1970-01-01 00:00:00', ${sql})`;
    return `unix_micros(${sql})`;
  }

  override hexText(sql: string): string {
    return `lower(hex(${sql}))`;
  }

  override hashNumber(text: string): string {
    return `CAST(conv(substr(md5(CAST(${text} AS BINARY)), 1, 15), 16, 10) AS BIGINT)`;
  }

  /** From Unity Catalog's information schema, which holds names in lower case. */
  override describeSql(table: TableName): string {
    if (table.kind === 'file') return this.fileRelation(table.path);
    const [name = '', schema, catalog] = table.parts.toReversed();
    const lower = (part: string) => this.textLiteral(part.toLowerCase());
    const owner = catalog === undefined ? '' : `${this.quoteIdentifier(catalog)}.`;
    return (
      `SELECT column_name, full_data_type AS data_type, is_nullable FROM ${owner}information_schema.columns ` +
      `WHERE table_name = ${lower(name)} AND table_schema = ${schema === undefined ? 'current_schema()' : lower(schema)} ` +
      `ORDER BY ordinal_position`
    );
  }
}

/** A difference above every tolerance that somebody means. */
const beyond = '100000000000000000';

const collation = /\s+collate\s+\S+$/i;

export const databricksDialect = new DatabricksDialect();

class RelationsDatabricksDialect extends DatabricksDialect {
  readonly #relation: (table: TableName) => string;

  constructor(relation: (table: TableName) => string) {
    super();
    this.#relation = relation;
  }

  override relation(table: TableName): string {
    return this.#relation(table);
  }
}

/** The dialect of statements that read tables as `relation` writes them, such as at a version. */
export const databricksDialectOf = (relation: (table: TableName) => string): Dialect =>
  new RelationsDatabricksDialect(relation);
