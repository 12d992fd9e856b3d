import {
  type AggregateExpression,
  type ColumnExpression,
  type ColumnType,
  type Dialect,
  type DialectStrategy,
  type Expression,
  type FileFormat,
  type LiteralExpression,
  PlanError,
  type Statement,
  type TableName,
} from '@aegis/spec';
import { isAggregate, renderAggregate } from './aggregates.js';
import { renderExpression, renderKey } from './expressions.js';
import { isWithinSinglePrecision, renderLiteral } from './literals.js';
import { baseName, columnTypeBy, type KindsByName } from './native-type.js';
import { parsePattern } from './pattern/parse.js';
import type { Pattern } from './pattern/tree.js';
import { renderStatement, type StatementForms, standardForms } from './statements/index.js';
import { doubled, quotableName, storableText } from './text.js';

/** The engine's names for the types that casts need. */
export interface TypeNames {
  readonly double: string;
  readonly single: string;
  readonly bigint: string;
}

/**
 * Standard SQL for every expression and statement. A dialect extends it and overrides what its engine says differently;
 * the members below `expression` are those differences.
 */
export abstract class BaseDialect implements Dialect {
  readonly contract = 'dialect/v1';
  abstract readonly name: string;
  abstract readonly parserName: string;
  abstract readonly strategy: DialectStrategy;
  /** Kinds by the engine's type names in lower case, without parameters. */
  protected abstract readonly kinds: KindsByName;
  abstract readonly typeNames: TypeNames;
  /** Digits of a second that the engine's timestamps keep; literals with more are cut. */
  readonly fractionDigits: number = 6;
  /** Names of 4-byte floating-point types, in lower case. */
  protected readonly singlePrecisionTypes: readonly string[] = ['real', 'float4'];
  protected readonly statementForms: StatementForms = standardForms;

  abstract describeSql(table: TableName): string;

  quoteIdentifier(name: string): string {
    return doubled(quotableName(name), '"');
  }

  tableName(table: TableName): string {
    if (table.kind === 'file') return this.fileRelation(table.path, table.format);
    return table.parts.map((part) => this.quoteIdentifier(part)).join('.');
  }

  /** A table where rows are read from it. */
  relation(table: TableName): string {
    return this.tableName(table);
  }

  /** Whether two numbers, or decimals, differ by no more than a third. */
  isNear(left: string, right: string, largest: string, _areDecimals: boolean): string {
    return `abs(${left} - ${right}) <= ${largest}`;
  }

  expression(expression: Expression | AggregateExpression): string {
    return isAggregate(expression) ? renderAggregate(expression, this) : renderExpression(expression, this);
  }

  statement(statement: Statement): string {
    return renderStatement(statement, this.statementForms, this);
  }

  columnType(native: string): ColumnType {
    return columnTypeBy(this.kinds, native);
  }

  /** A data file as a relation. */
  fileRelation(path: string, _format?: FileFormat): string {
    throw new PlanError('unsupported', `${this.name} cannot read the file ${path} in place`, {
      hint: 'Name a table, or check the file with the duckdb warehouse.',
    });
  }

  /** Text as a constant. */
  textLiteral(text: string): string {
    return doubled(storableText(text), "'");
  }

  /** A constant; `beside` is the type of the operand it is compared with. */
  literal(literal: LiteralExpression, beside?: ColumnType): string {
    const isSingle = literal.type === 'float' && beside !== undefined && this.isSinglePrecision(beside);
    if (isSingle && isWithinSinglePrecision(literal.value))
      return `CAST(${this.textLiteral(literal.value)} AS ${this.typeNames.single})`;
    return renderLiteral(literal, this);
  }

  /** Digits of any length, exact. @throws PlanError `unsupported` for more than the engine's widest type holds. */
  numberLiteral(digits: string): string {
    return digits;
  }

  /** `value` carries no zone: it is in UTC. */
  zonedTimestampLiteral(value: string): string {
    return `TIMESTAMPTZ '${value}+00'`;
  }

  timestampLiteral(value: string): string {
    return `TIMESTAMP '${value}'`;
  }

  timeLiteral(value: string): string {
    return `TIME '${value}'`;
  }

  uuidLiteral(value: string): string {
    return `CAST('${value}' AS UUID)`;
  }

  /** A column as an item of a SELECT list whose values are shown. */
  shown({ name }: ColumnExpression): string {
    return this.quoteIdentifier(name);
  }

  /** Text that compares, sorts, groups and hashes by code point. */
  binaryText(sql: string, _type: ColumnType): string {
    return sql;
  }

  /** Text of the engine's ordinary text type, for functions that take no other. */
  plainText(sql: string, _type: ColumnType): string {
    return sql;
  }

  /** A value under which keys are grouped. */
  key(sql: string, type: ColumnType): string {
    return type.kind === 'text' ? this.binaryText(sql, type) : sql;
  }

  /** A value under which keys of two relations are equated with `=`. */
  joinKey(sql: string, type: ColumnType): string {
    return this.key(sql, type);
  }

  /** A 64-bit hash of complete keys: equal keys have equal hashes. */
  abstract hash(keys: readonly ColumnExpression[]): string;

  holdsNan(type: ColumnType): boolean {
    return type.kind === 'float';
  }

  holdsInfinity(type: ColumnType): boolean {
    return this.holdsNan(type);
  }

  isNan(sql: string, _type: ColumnType): string {
    return `is_nan(${sql})`;
  }

  isFinite(sql: string, _type: ColumnType): string {
    return `is_finite(${sql})`;
  }

  matches(text: string, pattern: string): string {
    return this.matchesPattern(text, parsePattern(pattern));
  }

  /** Whether the pattern is found anywhere in the text. */
  protected abstract matchesPattern(text: string, pattern: Pattern): string;

  /** Text without the portable white space at both ends. */
  abstract trimmed(text: string): string;

  /** Whether an operand equals one of the constants in a list, which stands between commas. */
  isListed(operand: string, list: string, _type: ColumnType): string {
    return `${operand} IN (${list})`;
  }

  /** Whether nothing is left of a text once it is trimmed. */
  isBlank(text: string): string {
    return `${this.trimmed(text)} = ''`;
  }

  /** `FROM` items and conditions that give the rows of one relation for which `on` finds nothing in another. */
  antiJoin(rows: string, others: string, on: string): string {
    return `${rows} WHERE NOT EXISTS (SELECT 1 FROM ${others} WHERE ${on})`;
  }

  asBigint(sql: string): string {
    return `CAST(${sql} AS ${this.typeNames.bigint})`;
  }

  asDouble(sql: string): string {
    return `CAST(${sql} AS ${this.typeNames.double})`;
  }

  /** A number in a type that holds every negated and added value of its own type. */
  widened(sql: string, type: ColumnType): string {
    return type.kind === 'integer' ? `CAST(${sql} AS DECIMAL(38, 0))` : sql;
  }

  /** A value in the text form that the engine gives it. */
  asText(sql: string): string {
    return `CAST(${sql} AS VARCHAR)`;
  }

  /** An exact number as text, without zeros at its end that say nothing. `scale` is `undefined` where any digits may follow. */
  decimalText(sql: string, scale: number | undefined, _type?: ColumnType): string {
    const text = this.asText(sql);
    return scale === 0 ? text : `trim(TRAILING '.' FROM trim(TRAILING '0' FROM ${text}))`;
  }

  /** A decimal rounded half away from zero, with as many digits after the point. */
  roundedDecimal(sql: string, digits: number): string {
    return `CAST(${sql} AS DECIMAL(38, ${digits}))`;
  }

  /** A float below 10^15, read as the fewest digits that name it, rounded half away from zero to an exact number. */
  roundedFloat(sql: string, digits: number): string {
    return this.roundedDecimal(this.asText(sql), digits);
  }

  /** The nearest double of any number. */
  exactDouble(sql: string, { kind }: ColumnType): string {
    return kind === 'decimal' ? this.asDouble(this.asText(sql)) : this.asDouble(sql);
  }

  /** The bits of a double as a 64-bit integer; `undefined` where the engine does not show them. */
  doubleBits(_sql: string): string | undefined {
    return undefined;
  }

  /**
   * Microseconds since 1970-01-01, or since midnight for a time of day, as an integer; finer parts are cut.
   * @throws PlanError `unsupported` where the dialect does not say how.
   */
  microseconds(_sql: string, { native }: ColumnType): string {
    throw this.cannotWrite(`a ${native}`);
  }

  /** Nanoseconds beyond the last microsecond, for types that have them. @throws PlanError `unsupported` for yet finer ones. */
  finerThanMicroseconds(_sql: string, _type: ColumnType): string | undefined {
    return undefined;
  }

  /** Bytes as hexadecimal digits in lower case. */
  hexText(sql: string): string {
    return `lower(to_hex(${sql}))`;
  }

  /**
   * The first 15 hexadecimal digits of the MD5 sum of a text in UTF-8, as an integer.
   * @throws PlanError `unsupported` where the dialect does not say how.
   */
  hashNumber(_text: string): string {
    throw this.cannotWrite('hashes');
  }

  /** A sub-select in FROM whose columns are computed once a row, however often they are mentioned outside. */
  derived(select: string, alias: string): string {
    return `(${select}) AS ${alias}`;
  }

  /** A sub-select as an item of WITH; `undefined` where engines answer it in FROM as fast. */
  named(_select: string, _name: string): string | undefined {
    return undefined;
  }

  /** Constants as a relation in FROM, with a column for each name. */
  constantRows(rows: readonly (readonly string[])[], names: readonly string[], alias: string): string {
    const tuples = rows.map((row) => `(${row.join(', ')})`).join(', ');
    return `(VALUES ${tuples}) AS ${alias}(${names.join(', ')})`;
  }

  cannotWrite(what: string): PlanError {
    return new PlanError('unsupported', `${this.name} cannot write ${what} as other engines do`);
  }

  /** An integer or decimal in a type whose sum is exact. */
  summable(sql: string, type: ColumnType): string {
    return this.widened(sql, type);
  }

  countIf(condition: string): string {
    return `count(*) FILTER (WHERE ${condition})`;
  }

  /** An aggregate over the rows that satisfy a condition. */
  filtered(name: string, operand: string, condition: string | undefined, modifier = ''): string {
    const call = `${name}(${modifier}${operand})`;
    return condition === undefined ? call : `${call} FILTER (WHERE ${condition})`;
  }

  protected isSinglePrecision(type: ColumnType): boolean {
    return type.kind === 'float' && this.singlePrecisionTypes.includes(baseName(type.native));
  }

  /** Key columns as grouping expressions. */
  keys(columns: readonly ColumnExpression[]): readonly string[] {
    return columns.map((column) => renderKey(column, this));
  }
}
