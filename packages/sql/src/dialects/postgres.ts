import type { ColumnExpression, ColumnType, DialectStrategy, TableName } from '@aegis/spec';
import { BaseDialect } from '../base-dialect.js';
import { baseName, type KindsByName } from '../native-type.js';
import { printPattern } from '../pattern/print.js';
import { postgresAre } from '../pattern/syntaxes.js';
import type { Pattern } from '../pattern/tree.js';
import { type StatementForms, standardForms } from '../statements/index.js';
import { keyDifferenceByAntiJoin } from '../statements/key-difference-anti.js';

const kinds: KindsByName = {
  smallint: 'integer',
  int2: 'integer',
  integer: 'integer',
  int: 'integer',
  int4: 'integer',
  bigint: 'integer',
  int8: 'integer',
  oid: 'integer',
  numeric: 'decimal',
  decimal: 'decimal',
  real: 'float',
  float4: 'float',
  'double precision': 'float',
  float8: 'float',
  text: 'text',
  'character varying': 'text',
  varchar: 'text',
  character: 'text',
  char: 'text',
  '"char"': 'text',
  bpchar: 'text',
  name: 'text',
  citext: 'text',
  boolean: 'boolean',
  bool: 'boolean',
  date: 'date',
  time: 'time',
  'time without time zone': 'time',
  timestamp: 'timestamp',
  'timestamp without time zone': 'timestamp',
  timestamptz: 'timestamptz',
  'timestamp with time zone': 'timestamptz',
  uuid: 'uuid',
  bytea: 'bytes',
  json: 'json',
  jsonb: 'json',
};

class PostgresDialect extends BaseDialect {
  readonly name = 'postgres';
  readonly parserName = 'postgresql';
  protected readonly kinds = kinds;
  readonly typeNames = { double: 'double precision', single: 'real', bigint: 'bigint' };
  /** A target list holds 1,664 items. */
  readonly strategy: DialectStrategy = {
    maxStatementBytes: 1_048_576,
    maxMeasures: 1_600,
    hashBeforeKeyCounts: true,
    sideBySide: true,
    foldFilters: false,
    standsAlone: () => false,
  };

  protected override readonly statementForms: StatementForms = {
    ...standardForms,
    key_difference_counts: keyDifferenceByAntiJoin,
  };

  override columnType(native: string): ColumnType {
    if (/^_[a-z]/.test(native)) return { kind: 'array', native };
    return native.startsWith('enum ') ? { kind: 'text', native } : super.columnType(native);
  }

  override binaryText(sql: string, type: ColumnType): string {
    return `${this.plainText(sql, type)} COLLATE "C"`;
  }

  /** `citext`, `name`, enums and padded `character` compare in ways of their own until they are text. */
  override plainText(sql: string, { native }: ColumnType): string {
    return ordinaryText.has(baseName(native)) ? sql : `CAST(${sql} AS text)`;
  }

  /** `numeric` has NaN and, since PostgreSQL 14, infinities. */
  override holdsNan({ kind }: ColumnType): boolean {
    return kind === 'float' || kind === 'decimal';
  }

  override holdsInfinity(type: ColumnType): boolean {
    return this.holdsNan(type) || isMoment(type);
  }

  override isNan(sql: string, { kind }: ColumnType): string {
    return `(${sql} = 'NaN'::${kind === 'decimal' ? 'numeric' : 'float8'})`;
  }

  /** NaN sorts after infinity. */
  override isFinite(sql: string, type: ColumnType): string {
    if (isMoment(type)) return `isfinite(${sql})`;
    const name = type.kind === 'decimal' ? 'numeric' : 'float8';
    return `(${sql} > '-Infinity'::${name} AND ${sql} < 'Infinity'::${name})`;
  }

  protected override matchesPattern(text: string, pattern: Pattern): string {
    return `(${text} ~ ${this.textLiteral(printPattern(pattern, postgresAre))})`;
  }

  override trimmed(text: string): string {
    return `btrim(${text}, E'\\t\\n\\x0B\\f\\r \\u00A0')`;
  }

  /** A single key is its own hash: counting it takes no longer, and less where the table is kept in its order. */
  override hash(keys: readonly ColumnExpression[]): string {
    const [only] = this.keys(keys);
    if (keys.length === 1 && only !== undefined) return only;
    return `hash_record_extended(ROW(${this.keys(keys).join(', ')}), 0)`;
  }

  override widened(sql: string, { kind }: ColumnType): string {
    return kind === 'integer' ? `CAST(${sql} AS numeric)` : sql;
  }

  /** `sum` is exact by itself: numeric for bigint and numeric, bigint for the narrower integers. */
  override summable(sql: string): string {
    return sql;
  }

  override asText(sql: string): string {
    return `CAST(${sql} AS text)`;
  }

  override decimalText(sql: string): string {
    return this.asText(`trim_scale(${sql})`);
  }

  override roundedDecimal(sql: string, digits: number): string {
    return `round(CAST(${sql} AS numeric), ${digits})`;
  }

  override doubleBits(sql: string): string {
    return `CAST(CAST('x' || encode(float8send(${sql}), 'hex') AS bit(64)) AS bigint)`;
  }

  override microseconds(sql: string, { kind }: ColumnType): string {
    if (kind === 'date') return `((${sql} - DATE '1970-01-01') * CAST(86400000000 AS numeric))`;
    return `trunc(CAST(extract(epoch FROM ${sql}) AS numeric) * 1000000)`;
  }

  override hexText(sql: string): string {
    return `encode(${sql}, 'hex')`;
  }

  override hashNumber(text: string): string {
    return `CAST(CAST('x' || substr(md5(convert_to(${text}, 'UTF8')), 1, 15) AS bit(60)) AS bigint)`;
  }

  /**
   * `OFFSET` keeps the planner from taking the sub-select apart: hashes would be made anew for each mention, and each hash
   * taken for a group of its own. As a quoted constant it does not keep the scan from running in parallel.
   */
  override derived(select: string, alias: string): string {
    return `(${select} OFFSET '0') AS ${alias}`;
  }

  /** In FROM, each of the processes that share a scan would answer it for itself: two to three times the time on two cores. */
  override named(select: string, name: string): string {
    return `${name} AS MATERIALIZED (${select})`;
  }

  /** A domain is described by its base type and an enum as `enum <name>`. Names compare exactly. */
  override describeSql(table: TableName): string {
    if (table.kind === 'file') return this.fileRelation(table.path);
    const [name = '', schema] = table.parts.toReversed();
    const owner = schema === undefined ? 'ANY (current_schemas(true))' : this.textLiteral(schema);
    return (
      `SELECT a.attname AS column_name, CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) ` +
      `WHEN 'e' THEN 'enum ' || format_type(t.oid, NULL) ELSE format_type(t.oid, a.atttypmod) END AS data_type, ` +
      `CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable ` +
      `FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid ` +
      `WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = (` +
      `SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace ` +
      `WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = ${this.textLiteral(name)} AND s.nspname = ${owner} ` +
      `ORDER BY array_position(current_schemas(true), s.nspname) LIMIT 1) ORDER BY a.attnum`
    );
  }
}

const ordinaryText: ReadonlySet<string> = new Set(['text', 'character varying', 'varchar']);
const isMoment = ({ kind }: ColumnType): boolean => kind === 'date' || kind === 'timestamp' || kind === 'timestamptz';

export const postgresDialect = new PostgresDialect();
