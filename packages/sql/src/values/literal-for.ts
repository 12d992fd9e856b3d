import type { ColumnExpression, LiteralExpression, LiteralType } from '@aegis/spec';
import { literal } from '../build.js';
import { mismatch } from './mismatch.js';
import { formatDate, formatMoment, instantOf, type WrittenMoment, wallOf, writtenMoment } from './moment.js';
import { digits, doubleText, exactNumber, isWhole } from './number.js';

/**
 * A value as a rule wrote it, as a constant of the column's type. Numbers are exact; a whole number such as `5.0` is an
 * integer beside an integer column, and `5.5` stays a decimal there, equal to none of its values. A time without a zone
 * is in `timezone`, and beside a column without zones a time with one is what clocks in `timezone` show; a date beside a
 * timestamp column is its first instant. A wall time that a change of clocks leaves out moves forward by the gap; of one
 * that is shown twice, the first is meant.
 *
 * @throws PlanError `type-mismatch` for a value that the column's type cannot be compared with.
 */
export const literalFor = (column: ColumnExpression, text: string, timezone: string): LiteralExpression => {
  const { kind } = column.type;
  switch (kind) {
    case 'integer':
    case 'decimal': {
      const number = exactNumber(column, text);
      return literal(isWhole(number) ? 'integer' : 'decimal', digits(number));
    }
    case 'float':
      return literal('float', doubleText(column, text));
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return momentLiteral(kind, moment(column, text), column, timezone);
    case 'text':
      return literal('text', text);
    case 'boolean':
    case 'time':
    case 'uuid':
      return formed(kind, column, text);
    default:
      throw mismatch(column, text, 'comparable with it');
  }
};

/** @throws PlanError `type-mismatch` */
export const moment = (column: ColumnExpression, text: string): WrittenMoment => {
  const written = writtenMoment(text);
  if (!written) throw mismatch(column, text, column.type.kind === 'date' ? 'a date' : 'a date or time');
  return written;
};

const momentLiteral = (
  kind: 'date' | 'timestamp' | 'timestamptz',
  written: WrittenMoment,
  column: ColumnExpression,
  timezone: string,
): LiteralExpression => {
  if (kind === 'timestamptz') return instantLiteral(instantOf(written, timezone), written.fraction);
  const wall = wallOf(written, timezone);
  if (kind === 'timestamp') return literal(kind, formatMoment(wall, written.fraction));
  if (!isMidnight(wall, written.fraction)) throw mismatch(column, formatMoment(wall, written.fraction), 'a date');
  return literal(kind, formatDate(wall));
};

export const isMidnight = (seconds: number, fraction: string): boolean => seconds % 86_400 === 0 && fraction === '';

export const instantLiteral = (seconds: number, fraction: string): LiteralExpression =>
  literal('timestamptz', `${formatMoment(seconds, fraction)}Z`);

interface Form {
  readonly form: RegExp;
  readonly wanted: string;
  normal(text: string): string;
}

const forms: { readonly [type in Extract<LiteralType, 'boolean' | 'time' | 'uuid'>]: Form } = {
  boolean: { form: /^(true|false)$/i, wanted: 'true or false', normal: (text) => text.toLowerCase() },
  time: {
    form: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/,
    wanted: 'a time of day',
    normal: (text) => (text.length === 5 ? `${text}:00` : text),
  },
  uuid: { form: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, wanted: 'a UUID', normal: (text) => text.toLowerCase() },
};

const formed = (kind: keyof typeof forms, column: ColumnExpression, text: string): LiteralExpression => {
  const { form, wanted, normal } = forms[kind];
  const trimmed = text.trim();
  if (!form.test(trimmed)) throw mismatch(column, text, wanted);
  return literal(kind, normal(trimmed));
};
