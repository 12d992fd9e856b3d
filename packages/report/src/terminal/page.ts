import type { Outcome } from '@aegis/spec';
import { visible, visibleLines } from '../text/visible.js';
import { displayWidth, truncate, wrap } from './display-width.js';
import type { TableStyle } from './table.js';
import { type Paint, type Theme, themeOf } from './theme.js';

export interface PageOptions {
  /** Whether ANSI colours are used. They only repeat what words say. Default `false`. */
  readonly color?: boolean;
  /** Columns of the terminal; fewer than 20 count as 20. No line is wider. Default 80. */
  readonly width?: number;
  /** Whether signs may be more than ASCII; data is shown as it is. Default `true`. */
  readonly unicode?: boolean;
}

/** Where everything is drawn: a width, and signs and colours. Every line it makes fits the width. */
export interface Page {
  readonly width: number;
  readonly theme: Theme;
}

const leastWidth = 20;

export const pageOf = ({ color = false, width = 80, unicode = true }: PageOptions): Page => ({
  width: Math.max(leastWidth, Math.floor(width) || 0),
  theme: themeOf({ color, unicode }),
});

const unpainted: Paint = (text) => text;

/** Prose, escaped and wrapped; lines after the first are indented like the first. */
export const paragraph = ({ width }: Page, text: string, indent = '', paint: Paint = unpainted): string[] =>
  visibleLines(text)
    .flatMap((line) => wrap(line, width - indent.length))
    .map((line) => (line === '' ? '' : indent + paint(line)));

const labelWidth = 15;
const narrowest = 60;

/** A label with its text beside it, or below it where the page is narrow. */
export const labelled = (page: Page, label: string, text: string, indent: string): string[] => {
  const { strong } = page.theme;
  const shownLabel = truncate(visible(label), labelWidth - 1, page.theme.ellipsis);
  if (text === '') return [indent + strong(shownLabel)];
  if (page.width < narrowest) return [indent + strong(shownLabel), ...paragraph(page, text, `${indent}  `)];
  const hanging = indent + ' '.repeat(labelWidth);
  const [first = '', ...rest] = paragraph(page, text, hanging);
  const space = ' '.repeat(labelWidth - displayWidth(shownLabel));
  return [`${indent}${strong(shownLabel)}${space}${first.slice(hanging.length)}`.trimEnd(), ...rest];
};

/** Phrases in one line, separated by a dot; as many lines as it takes. */
export const flow = ({ width, theme }: Page, phrases: readonly string[], indent = ''): string[] => {
  const room = width - indent.length;
  const lines: string[] = [];
  for (const piece of phrases.flatMap((phrase) => wrap(visible(phrase), room))) {
    const last = lines.pop();
    const longer = last === undefined ? piece : last + theme.separator + piece;
    if (last === undefined || displayWidth(longer) <= room) lines.push(longer);
    else lines.push(last, piece);
  }
  return lines.map((line) => indent + line);
};

export const outcomeSign = ({ theme }: Page, outcome: Outcome): string => theme.glyphs[outcome];

export const tableStyle = ({ width, theme }: Page, indent: string): TableStyle => ({
  width,
  indent,
  ellipsis: theme.ellipsis,
  paintHeader: theme.faint,
});
