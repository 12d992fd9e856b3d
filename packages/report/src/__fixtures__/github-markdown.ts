import { micromark, parse, postprocess, preprocess } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What a reader of GitHub-flavoured Markdown gets; raw HTML is kept, so that it would show. */
export const githubHtml = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** Names of the elements in use, sorted. */
export const elementNames = (html: string): readonly string[] =>
  [...new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name = '']) => name))].toSorted();

/** By table, the cells that each row was written with, the headers first. In HTML short rows are filled up and long ones cut. */
export const cellCounts = (markdown: string): readonly (readonly number[])[] =>
  pieces(entered(markdown), 'table').map((table) =>
    pieces(table, 'tableRow').map((row) => row.filter((type) => type === 'tableHeader' || type === 'tableData').length),
  );

const entered = (markdown: string): readonly string[] => {
  const parser = parse({ extensions: [gfm()] }).document();
  const events = postprocess(parser.write(preprocess()(markdown, undefined, true)));
  return events.flatMap(([kind, { type }]) => (kind === 'enter' ? [type] : []));
};

/** Cut before every `first`; what lies ahead of the first one is left out. */
const pieces = (types: readonly string[], first: string): readonly (readonly string[])[] => {
  const starts = types.flatMap((type, index) => (type === first ? [index] : []));
  return starts.map((start, index) => types.slice(start, starts[index + 1]));
};
