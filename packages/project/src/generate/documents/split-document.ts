/** Part of a document that stands by itself. */
export interface DocumentPart {
  /** Of the document, as the command line names it. */
  readonly name: string;
  /** Counts from 1. */
  readonly number: number;
  readonly of: number;
  readonly text: string;
}

/** From the coarsest to the finest place to cut at: in front of headings, after paragraphs, lines, sentences and words. */
const cuts: readonly RegExp[] = [
  /(?=^#{1,2} )/m,
  /(?=^#{3,6} )/m,
  /(?<=\n[ \t]*\n)/,
  /(?<=\n)/,
  /(?<=[.!?]\s)/,
  /(?<=\s)/,
];

/** Splits a text into parts of at most `limit` characters that are the text again when joined. */
export const splitText = (text: string, limit: number): readonly string[] => packed(pieces(text, limit, cuts), limit);

const pieces = (text: string, limit: number, [cut, ...finer]: readonly RegExp[]): readonly string[] => {
  if (text.length <= limit) return [text];
  if (!cut) return slices(text, limit);
  return text.split(cut).flatMap((piece) => pieces(piece, limit, finer));
};

/** A word as long as a part, of whole characters. */
const slices = (text: string, limit: number): readonly string[] => {
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + limit;
    const splitsPair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(end - 1, end + 1));
    parts.push(text.slice(start, splitsPair && limit > 1 ? end - 1 : end));
    start += parts.at(-1)?.length ?? limit;
  }
  return parts;
};

/** Neighbours together, as far as they fit. */
const packed = (texts: readonly string[], limit: number): readonly string[] => {
  const parts: string[] = [];
  for (const text of texts) {
    const last = parts.at(-1);
    if (last === undefined || last.length + text.length > limit) parts.push(text);
    else parts[parts.length - 1] = last + text;
  }
  return parts;
};

/** A document in parts that fit. */
export const splitDocument = (
  { name, text }: { readonly name: string; readonly text: string },
  limit: number,
): readonly DocumentPart[] => {
  const texts = splitText(text, limit);
  return texts.map((part, index) => ({ name, number: index + 1, of: texts.length, text: part }));
};

/** Parts of several documents in groups, each for one question: small documents share one. */
export const groupParts = (parts: readonly DocumentPart[], limit: number): readonly (readonly DocumentPart[])[] => {
  const groups: DocumentPart[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last && sizeOf(last) + part.text.length <= limit) last.push(part);
    else groups.push([part]);
  }
  return groups;
};

/** A group in two that are half as long; `undefined` when it cannot be cut further. */
export const halved = (group: readonly DocumentPart[]): readonly (readonly DocumentPart[])[] | undefined => {
  const [only] = group;
  if (only === undefined || (group.length === 1 && only.text.length < shortestPart)) return undefined;
  if (group.length > 1) return [group.slice(0, Math.ceil(group.length / 2)), group.slice(Math.ceil(group.length / 2))];
  return splitText(only.text, Math.ceil(only.text.length * halfAndSome)).map((text) => [{ ...only, text }]);
};

const shortestPart = 1000;
/** Cuts are where the text has them: with room, there are two parts and not a third small one. */
const halfAndSome = 0.6;

const sizeOf = (group: readonly DocumentPart[]): number => group.reduce((sum, { text }) => sum + text.length, 0);
