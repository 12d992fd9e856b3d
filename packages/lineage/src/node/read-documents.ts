import { parseDocument } from '../import/documents/parse-document.js';
import { splitDocuments } from '../import/documents/split-documents.js';
import { type DocumentContext, importDocument } from '../import/import-document.js';
import type { ImportTarget } from '../import/import-target.js';

/** Takes every JSON document of a text that comes in pieces into the graph; one after the other, however long the text. */
export const readDocuments = async (
  chunks: AsyncIterable<string>,
  target: ImportTarget,
  context: DocumentContext = {},
): Promise<void> => {
  let count = 0;
  for await (const text of splitDocuments(chunks)) {
    count++;
    const place = text.line === 1 && count === 1 ? target.source : `${target.source}:${text.line}`;
    const parsed = parseDocument(text);
    if (parsed.kind === 'document') await importDocument(parsed.value, place, target, context);
    else target.builder.problems.problem(`${target.source}:${text.line}`, parsed.message);
  }
  if (count === 0) target.builder.problems.problem(target.source, 'is empty');
};
