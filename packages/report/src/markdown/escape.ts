import { visible, visibleLines } from '../text/visible.js';

/** Punctuation that could start a construct of Markdown or HTML within a line. */
const special = /[\\`*_[\]<>&~#!|$]/g;

/** Forms that GitHub makes into links and mentions although they are plain text. */
const unlinked = (text: string): string =>
  text
    .replace(/:\/\//g, '\\://')
    .replace(/www\./gi, (match) => `${match.slice(0, -1)}\\.`)
    .replace(/@(?=\w)/g, '@<!-- -->');

/** Marks that open a list or a heading, but only where a line begins. */
const unopened = (text: string): string =>
  text.replace(/^([-+=]|\d+[.)])/, (mark) => `\\${mark}`.replace(/^\\(\d+)/, '$1\\'));

/** Untrusted text as one line of prose that shows exactly its characters. */
export const prose = (text: string): string => unopened(unlinked(visible(text).replace(special, '\\$&')));

/** Untrusted text whose line breaks stay line breaks; safe inside a table cell. */
export const proseLines = (text: string): string =>
  visibleLines(text)
    .map((line) => prose(line.trim()))
    .join('<br>');

const entity = (character: string): string => `&#${character.codePointAt(0)};`;

/**
 * Untrusted text in code type, safe inside a table cell. Text that a code span cannot hold there (backticks, pipes,
 * backslashes, outer spaces) becomes an element with character references.
 */
export const code = (text: string): string => {
  const shown = visible(text);
  const fitsSpan = /^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/.test(shown);
  return fitsSpan ? `\`${shown}\`` : `<code>${shown.replace(/[^\p{L}\p{N}\p{M} ,/-]/gu, entity)}</code>`;
};

/** Untrusted text as a fenced block; the fence is longer than any run of backticks in it. */
export const codeBlock = (text: string, language: string): string => {
  const lines = visibleLines(text);
  const longest = lines.reduce(
    (most, line) => Math.max(most, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)),
    2,
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
};
