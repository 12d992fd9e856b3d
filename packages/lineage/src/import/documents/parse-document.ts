import type { JsonText } from './split-documents.js';

export type ParsedDocument =
  | { readonly kind: 'document'; readonly value: unknown }
  | { readonly kind: 'defect'; readonly message: string };

const defects: { readonly [defect in NonNullable<JsonText['defect']>]: string } = {
  cut: 'the file ends in the middle of a document',
  'too-long': 'a document is too long to be read',
  'no-document': 'text that is no JSON object',
};

/** The value of one document, or what is wrong with it. */
export const parseDocument = ({ text, defect }: JsonText): ParsedDocument => {
  if (defect !== undefined) return { kind: 'defect', message: defects[defect] };
  try {
    return { kind: 'document', value: JSON.parse(text) };
  } catch (error) {
    return { kind: 'defect', message: isCutOff(error) ? 'half of an event' : 'not JSON' };
  }
};

const isCutOff = (error: unknown): boolean =>
  error instanceof Error &&
  /end of JSON|Unterminated|after (?:array|property)|Expected (?:double|property)/i.test(error.message);
