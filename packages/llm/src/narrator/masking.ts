import type { Row } from '@aegis/spec';
import type { Redactor } from '../redaction/index.js';

/** The redactor as prompts need it. */
export type PromptRedactor = Pick<Redactor, 'text' | 'row' | 'restore' | 'exportTokens' | 'importTokens'>;

/** What of row values a model is shown; never as they are. */
export type PromptSamples = 'none' | 'redacted';

/** Makes what came out of tables fit to be sent. */
export interface Masking {
  text(text: string): string;
  /** No rows where samples are not to be sent. */
  rows(rows: readonly Row[]): readonly Row[];
}

export const maskingOf = (redactor: PromptRedactor, samples: PromptSamples): Masking => ({
  text: (text) => redactor.text(text),
  rows: (rows) => {
    // Masked in either case: what sensitive columns hold is then known wherever else it stands.
    const masked = rows.map((row) => redactor.row(row));
    return samples === 'none' ? [] : masked;
  },
});
