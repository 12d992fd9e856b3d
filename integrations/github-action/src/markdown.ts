/** Text that may hold anything as code in a sentence: no markup, link or mention comes of it. */
export const codeText = (text: string): string =>
  `<code>${text.replace(/[^\p{L}\p{N} /-]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;

/** Text that may hold anything as a block; the fence is longer than any run of backticks in it. */
export const codeBlock = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.replace(/\n$/, '')}\n${fence}`;
};
