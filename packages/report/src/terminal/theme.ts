import type { Outcome, Severity } from '@aegis/spec';
import picocolors from 'picocolors';

export type Paint = (text: string) => string;

/** Signs and colours of one rendering. Every colour stands beside a word that says the same. */
export interface Theme {
  readonly glyphs: { readonly [outcome in Outcome]: string };
  readonly ellipsis: string;
  readonly separator: string;
  readonly arrow: string;
  readonly paintOutcome: { readonly [outcome in Outcome]: Paint };
  readonly paintSeverity: { readonly [severity in Severity]: Paint };
  readonly strong: Paint;
  readonly faint: Paint;
}

const unicodeSigns = {
  glyphs: { pass: '✓', warn: '!', fail: '✗', error: '?', not_applicable: '–' },
  ellipsis: '…',
  separator: ' · ',
  arrow: '→',
} as const;

const asciiSigns = {
  glyphs: { pass: '+', warn: '!', fail: 'x', error: '?', not_applicable: '-' },
  ellipsis: '...',
  separator: ' | ',
  arrow: '->',
} as const;

export const themeOf = ({ color, unicode }: { readonly color: boolean; readonly unicode: boolean }): Theme => {
  const { green, yellow, red, magenta, gray, cyan, bold, dim } = picocolors.createColors(color);
  return {
    ...(unicode ? unicodeSigns : asciiSigns),
    paintOutcome: { pass: green, warn: yellow, fail: red, error: magenta, not_applicable: gray },
    paintSeverity: { critical: (text) => bold(red(text)), high: red, medium: yellow, low: cyan, info: gray },
    strong: bold,
    faint: dim,
  };
};
