export { visible } from '../text/visible.js';
export { displayWidth, wrap } from './display-width.js';
export type { PageOptions } from './page.js';
export { renderComparisonTerminal } from './render-comparison.js';
export { renderTerminal, type TerminalOptions } from './render-terminal.js';
