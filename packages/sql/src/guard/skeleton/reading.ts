import { isFields, type SqlParser, type SqlValue } from '../../parse/index.js';
import type { DialectRules } from '../dialect-rules.js';
import type { Refuse } from '../text/refusal.js';
import { type Mark, markNamed } from './marks.js';
import type { Skeleton } from './skeleton.js';

/** One text being judged: what it was made into, and what judging it needs. */
export interface Reading {
  /** As the user wrote it. */
  readonly sql: string;
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

/** The place in the user's text of an offset in the framed skeleton. */
export const offsetOfSpan = (offset: number, { skeleton, frame }: Reading): number | undefined => {
  let end = frame.before.length;
  for (const { shown, start } of skeleton.pieces) {
    end += shown.length + 1;
    if (offset < end) return start;
  }
  return undefined;
};
