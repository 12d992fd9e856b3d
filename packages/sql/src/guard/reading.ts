import type { GuardReason } from '@aegis/spec';
import { isFields, type SqlNode, type SqlParser, type SqlValue } from '../parse/index.js';
import type { DialectRules } from './dialect-rules.js';
import { type Mark, markNamed, withoutMarks } from './marks.js';
import { quoted, type Refuse } from './refusal.js';
import type { Skeleton } from './skeleton.js';

/** One text being judged: what it was made into, and the way back from a part of the tree to the text. */
export interface Reading {
  readonly parserName: string;
  readonly parser: SqlParser;
  readonly rules: DialectRules;
  readonly skeleton: Skeleton;
  /** What stands around the skeleton in the text that is parsed. */
  readonly frame: { readonly before: string; readonly after: string };
  readonly refuse: Refuse;
}

/** The mark that a name in the tree is, if it is one. */
export const markOf = (name: SqlValue, { skeleton }: Reading): Mark | undefined =>
  typeof name === 'string' ? markNamed(name, skeleton.marks) : undefined;

/** A part of the tree as the user wrote it, quoted for a message. */
export const piece = (node: SqlNode, { parser, parserName, skeleton }: Reading): string =>
  quoted(withoutMarks(parser.render(node, parserName), skeleton.marks));

/** The user's name behind an identifier of the tree. */
export const nameOf = (
  identifier: SqlValue,
  reading: Reading,
): { readonly name: string; readonly isQuoted: boolean } | undefined => {
  if (!isFields(identifier) || typeof identifier.name !== 'string') return undefined;
  const mark = markOf(identifier.name, reading);
  if (!mark) return { name: identifier.name, isQuoted: false };
  return { name: mark.kind === 'name' ? mark.name : mark.written, isQuoted: mark.kind === 'name' };
};

/** Refuses a part of the tree, with the place of the first thing inside it whose place is known. */
export const refusePart = (reading: Reading, reason: GuardReason, message: string, hint: string, part: SqlValue) =>
  reading.refuse(reason, message, hint, offsetOf(part, reading));

const offsetOf = (value: SqlValue, reading: Reading): number | undefined => {
  const mark = markOf(value, reading);
  if (mark) return mark.start;
  if (typeof value !== 'object' || value === null) return undefined;
  if (isFields(value) && isFields(value.span) && typeof value.span.start === 'number')
    return offsetOfSpan(value.span.start, reading);
  for (const part of Object.values(value)) {
    const offset = offsetOf(part, reading);
    if (offset !== undefined) return offset;
  }
  return undefined;
};

/** The place in the user's text of an offset in the framed skeleton. */
export const offsetOfSpan = (offset: number, { skeleton, frame }: Reading): number | undefined => {
  let end = frame.before.length;
  for (const { shown, start } of skeleton.pieces) {
    end += shown.length + 1;
    if (offset < end) return start;
  }
  return undefined;
};
