import type { JsonValue, Row } from '@aegis/spec';
import { shorten } from '../text/shorten.js';
import { visible } from '../text/visible.js';

/** A value of a sample row as it is shown: NULL as a word, structures as JSON, text with nothing hidden. */
export const cellText = (value: JsonValue | undefined, longest = 200): string => {
  if (value === null) return 'NULL';
  if (value === undefined) return '';
  return visible(shorten(typeof value === 'object' ? JSON.stringify(value) : String(value), longest));
};

/** The columns of a sample, also of one whose rows differ, in order of appearance. */
export const columnNames = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];
