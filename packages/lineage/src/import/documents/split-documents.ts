/** One JSON document of a file, as text. */
export interface JsonText {
  /** Where it starts, counting from 1. */
  readonly line: number;
  readonly text: string;
  /** Present where there is no whole document: the file ends within it, it is too long, or it is none. */
  readonly defect?: 'cut' | 'too-long' | 'no-document' | undefined;
}

export interface SplitOptions {
  /** In characters. Default: 128 million. */
  readonly longest?: number | undefined;
}

const defaultLongest = 128_000_000;

/**
 * Splits what comes in pieces into JSON documents: one per line, the elements of one array, or one after the other over
 * several lines. Keeps one document at a time, so that files may be as long as they like.
 */
export async function* splitDocuments(
  chunks: AsyncIterable<string>,
  { longest = defaultLongest }: SplitOptions = {},
): AsyncGenerator<JsonText> {
  let start = '';
  let splitter: Splitter | undefined;
  for await (const chunk of chunks) {
    if (splitter) {
      yield* splitter.push(chunk);
      continue;
    }
    start = start === '' ? chunk.replace(/^\uFEFF/, '') : start + chunk;
    splitter = splitterFor(start, longest);
    if (splitter) yield* splitter.push(start);
  }
  splitter ??= new NestedSplitter(longest);
  if (splitter.isFresh) yield* splitter.push(start);
  yield* splitter.end();
}

interface Splitter {
  readonly isFresh: boolean;
  push(chunk: string): Iterable<JsonText>;
  end(): Iterable<JsonText>;
}

/** Decided by the first two lines: one of them is a whole document where each line is one. */
const splitterFor = (start: string, longest: number): Splitter | undefined => {
  const text = start.trimStart();
  if (text === '') return undefined;
  if (!text.startsWith('{')) return new NestedSplitter(longest);
  const lines = text.split('\n', 3);
  if (lines.length < 2) return start.length > longest ? new LineSplitter(longest) : undefined;
  if (lines.slice(0, -1).some(isDocument)) return new LineSplitter(longest);
  return lines.length === 3 ? new NestedSplitter(longest) : undefined;
};

const isDocument = (line: string): boolean => {
  try {
    return line.trim() !== '' && typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
};

/** Pieces of a document that is not whole yet; joined only once. */
class Pieces {
  #pieces: string[] = [];
  #length = 0;
  #isTooLong = false;

  constructor(readonly longest: number) {}

  add(piece: string): void {
    this.#length += piece.length;
    if (this.#length > this.longest) {
      this.#isTooLong = true;
      this.#pieces = [];
    } else if (piece !== '') this.#pieces.push(piece);
  }

  take(line: number, defect?: JsonText['defect']): JsonText {
    const text = this.#pieces.join('');
    const found = this.#isTooLong ? 'too-long' : defect;
    this.#pieces = [];
    this.#length = 0;
    this.#isTooLong = false;
    return { line, text, ...(found && { defect: found }) };
  }
}

class LineSplitter implements Splitter {
  readonly #pieces: Pieces;
  #line = 1;
  isFresh = true;

  constructor(longest: number) {
    this.#pieces = new Pieces(longest);
  }

  *push(chunk: string): Iterable<JsonText> {
    this.isFresh = false;
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      this.#pieces.add(chunk.slice(from, end));
      from = end + 1;
      yield* this.#take();
      this.#line++;
    }
    this.#pieces.add(chunk.slice(from));
  }

  /** A last line without a line break may be half of one: parsing tells. */
  *end(): Iterable<JsonText> {
    yield* this.#take();
  }

  *#take(): Iterable<JsonText> {
    const found = this.#pieces.take(this.#line);
    if (found.defect !== undefined || found.text.trim() !== '') yield found;
  }
}

/** Objects at any depth of nesting that brackets tell; arrays around them are taken apart. */
class NestedSplitter implements Splitter {
  readonly #pieces: Pieces;
  #line = 1;
  #startLine = 1;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #isOutside = false;
  isFresh = true;

  constructor(longest: number) {
    this.#pieces = new Pieces(longest);
  }

  *push(chunk: string): Iterable<JsonText> {
    this.isFresh = false;
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const wasAtTop = this.#depth === 0;
      const code = chunk.charCodeAt(at);
      this.#step(code);
      if (wasAtTop && this.#depth === 1) {
        if (this.#isOutside) yield this.#outside();
        from = at;
        this.#startLine = this.#line;
      } else if (!wasAtTop && this.#depth === 0) {
        this.#pieces.add(chunk.slice(from, at + 1));
        yield this.#pieces.take(this.#startLine);
      } else if (wasAtTop) this.#isOutside ||= !isBetween(code);
      if (code === newline) this.#line++;
    }
    if (this.#depth > 0) this.#pieces.add(chunk.slice(from));
  }

  *end(): Iterable<JsonText> {
    if (this.#depth > 0) yield this.#pieces.take(this.#startLine, 'cut');
    else if (this.#isOutside) yield this.#outside();
  }

  #outside(): JsonText {
    this.#isOutside = false;
    return { line: this.#line, text: '', defect: 'no-document' };
  }

  #step(code: number): void {
    if (this.#isInText) this.#stepInText(code);
    else if (code === quote && this.#depth > 0) this.#isInText = true;
    else if (code === open) this.#depth++;
    else if (code === close && this.#depth > 0) this.#depth--;
  }

  #stepInText(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === backslash) this.#isEscaped = true;
    else if (code === quote) this.#isInText = false;
  }
}

const [quote, backslash, open, close, newline] = [34, 92, 123, 125, 10];

/** White space, commas and the brackets of an array: what may stand between documents. */
const isBetween = (code: number): boolean => code <= 32 || code === 44 || code === 91 || code === 93;
