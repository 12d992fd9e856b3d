import type { Message } from 'sarif';
import { shorten } from '../text/shorten.js';
import { visibleLines } from '../text/visible.js';

const longestText = 4000;

/**
 * A plain-text message. SARIF reads `{0}` as a placeholder and `[text](target)` as a link (sections 3.11.5 and 3.11.6),
 * so braces are doubled and such links broken up.
 */
export const message = (text: string): Message & { text: string } => ({
  text: visibleLines(shorten(text, longestText)).join('\n').replace(/[{}]/g, '$&$&').replaceAll('](', '] ('),
});
