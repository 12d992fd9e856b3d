export { renderTerminal, type TerminalOptions } from './render-terminal.js';
