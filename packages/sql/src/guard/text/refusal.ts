import { GuardError, type GuardReason, type TextPosition } from '@aegis/spec';
import { positionOf } from '../../parse/index.js';

/** Makes the errors of one text, so that each says where in it the offending piece stands. */
export type Refuse = (reason: GuardReason, message: string, hint: string, offset?: number) => GuardError;

export const refusalsIn =
  (text: string): Refuse =>
  (reason, message, hint, offset) => {
    const at = offset === undefined ? undefined : positionOf(text, offset);
    return new GuardError(reason, `${at ? `${place(at)}: ` : ''}${message}`, { hint, at });
  };

/** A piece of SQL as a message quotes it: on one line and not too long. */
export const quoted = (sql: string): string => {
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
};

const place = ({ line, column }: TextPosition): string => `line ${line}, column ${column}`;
