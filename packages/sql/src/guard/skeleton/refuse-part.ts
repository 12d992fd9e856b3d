import type { GuardError, GuardReason } from '@aegis/spec';
import type { SqlNode } from '../../parse/index.js';
import { quoted, refusalsIn } from '../text/refusal.js';
import { scan } from '../text/scan.js';
import { compared } from './compare-tokens.js';
import type { Reading } from './reading.js';
import type { Piece } from './skeleton.js';

/** Makes the error about a part of the tree. `says` goes after the part, quoted as the user wrote it. */
export const refusePart = (
  reading: Reading,
  reason: GuardReason,
  part: SqlNode,
  says: string,
  hint: string,
): GuardError => {
  const { text, start } = partOfText(part, reading);
  return reading.refuse(reason, `${quoted(text)} ${says}.`, hint, start);
};

/** The text that became a part of the tree; the parser keeps the places of names only. */
const partOfText = (part: SqlNode, reading: Reading): { readonly text: string; readonly start?: number } => {
  const rendered = reading.parser.render(part, reading.parserName);
  const pieces = firstRun(
    compared(reading.skeleton.pieces, ({ shown }) => shown, true),
    keysOf(rendered, reading),
  );
  const [first] = pieces;
  if (!first) return { text: rendered };
  return { text: reading.sql.slice(first.start, pieces.at(-1)?.end), start: first.start };
};

const keysOf = (rendered: string, { rules }: Reading): readonly string[] =>
  compared(scan(rendered, rules.lexicon, refusalsIn(rendered)), ({ text }) => text, true).map(({ key }) => key);

const firstRun = (
  items: readonly { readonly key: string; readonly item: Piece }[],
  keys: readonly string[],
): readonly Piece[] => {
  const start = items.findIndex((_, index) =>
    keys.every((key, step) => unquoted(items[index + step]?.key) === unquoted(key)),
  );
  return start < 0 ? [] : items.slice(start, start + keys.length).map(({ item }) => item);
};

/** A string in the place of a name is rendered as a name. */
const unquoted = (key: string | undefined): string | undefined => key?.replace(/^(['"`])(.*)\1$/, '$2');
