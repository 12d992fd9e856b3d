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
      return dialect.timestampLiteral(value);
    case 'timestamptz':
      return dialect.zonedTimestampLiteral(value);
    case 'uuid':
      return dialect.uuidLiteral(value.toLowerCase());
  }
};

/** Whether a 4-byte float can hold the value, rounded. */
export const isWithinSinglePrecision = (value: string): boolean =>
  /^[+-]?[\d.]/.test(value) && Number.isFinite(Math.fround(Number(value)));
