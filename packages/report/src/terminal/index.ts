export { visible } from '../text/visible.js';
export { displayWidth, wrap } from './display-width.js';
export { renderTerminal, type TerminalOptions } from './render-terminal.js';
