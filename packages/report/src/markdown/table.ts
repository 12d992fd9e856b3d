/** A GitHub-flavoured table. Cells are Markdown already, on one line, with their pipes escaped. */
export const markdownTable = (
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[] = [],
): string => {
  const rule = headers.map((_, index) => (align[index] === 'right' ? '---:' : '---'));
  return [headers, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
