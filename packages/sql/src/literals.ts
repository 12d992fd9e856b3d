import { type LiteralExpression, type LiteralType, PlanError } from '@aegis/spec';
import type { BaseDialect } from './base-dialect.js';

/** The portable form of each type: anything else would enter the SQL unquoted or mean something else. */
const forms: { readonly [type in LiteralType]: RegExp } = {
  integer: /^[+-]?\d+$/,
  decimal: /^[+-]?\d+(\.\d+)?$/,
  float: /^([+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?|NaN|-?Infinity)$/i,
  text: /^/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{2}:\d{2}:\d{2}(\.\d+)?$/,
  timestamp: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
};

/** @throws PlanError `internal` for a value that is not in its type's portable form. */
export const renderLiteral = ({ type, value }: LiteralExpression, dialect: BaseDialect): string => {
  if (!forms[type].test(value))
    throw new PlanError('internal', `${JSON.stringify(value)} is not in the portable form of a ${type} literal`);
  switch (type) {
    case 'integer':
    case 'decimal':
      return dialect.numberLiteral(value.replace(/^\+/, ''));
    case 'float':
      return dialect.asDouble(dialect.textLiteral(value));
    case 'text':
      return dialect.textLiteral(value);
    case 'boolean':
      return value.toUpperCase();
    case 'date':
      return `DATE '${value}'`;
    case 'time':
      return dialect.timeLiteral(value);
    case 'timestamp':
      return dialect.timestampLiteral(cut(value, dialect.fractionDigits));
    case 'timestamptz':
      return dialect.zonedTimestampLiteral(cut(value.slice(0, -1), dialect.fractionDigits));
    case 'uuid':
      return dialect.uuidLiteral(value.toLowerCase());
  }
};

const secondsLength = 'YYYY-MM-DD HH:MM:SS.'.length;
const cut = (value: string, fractionDigits: number): string => value.slice(0, secondsLength + fractionDigits);

/** Whole and fractional digits of a number, without zeros that say nothing. */
export const digitCounts = (digits: string): { readonly whole: number; readonly fraction: number } => {
  const [whole = '', fraction = ''] = digits.replace(/^[+-]/, '').split('.');
  return { whole: whole.replace(/^0+/, '').length, fraction: fraction.replace(/0+$/, '').length };
};

/** @throws PlanError `unsupported` */
export const tooManyDigits = (digits: string, dialect: { readonly name: string }): PlanError =>
  new PlanError('unsupported', `${dialect.name} has no exact number with as many digits as ${digits}`);

/** Whether a 4-byte float can hold the value, rounded. */
export const isWithinSinglePrecision = (value: string): boolean =>
  /^[+-]?[\d.]/.test(value) && Number.isFinite(Math.fround(Number(value)));
