/** What of a text is code: quoted text and comments are not. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly isCode: boolean;
  readonly isComment: boolean;
}

const backslashed: ReadonlySet<string> = new Set(['bigquery', 'databricks', 'spark', 'hive', 'snowflake', 'mysql']);

const quotes = /^['"`]/;

/** Cuts a text into code, quoted text and comments, as the grammar has them. */
export function* pieces(text: string, parserName: string): Generator<Piece> {
  let start = 0;
  let index = 0;
  while (index < text.length) {
    const end = endOfOpaque(text, index, parserName);
    if (end === undefined) {
      index += 1;
      continue;
    }
    if (start < index) yield { start, end: index, isCode: true, isComment: false };
    yield { start: index, end, isCode: false, isComment: !quotes.test(text[index] ?? '') && text[index] !== '$' };
    start = end;
    index = end;
  }
  if (start < text.length) yield { start, end: text.length, isCode: true, isComment: false };
}

/** Where quoted text or a comment that starts here ends; `undefined` where none starts. */
const endOfOpaque = (text: string, index: number, parserName: string): number | undefined => {
  const two = text.slice(index, index + 2);
  if (two === '--' || (text[index] === '#' && parserName === 'bigquery')) return endOfLine(text, index);
  if (two === '/*') return endOfComment(text, index, parserName === 'postgresql');
  if (text[index] === '$') return endOfDollars(text, index);
  return quotes.test(text[index] ?? '') ? endOfQuote(text, index, parserName) : undefined;
};

const endOfLine = (text: string, index: number): number => {
  const end = text.indexOf('\n', index);
  return end < 0 ? text.length : end;
};

const endOfComment = (text: string, index: number, isNested: boolean): number => {
  let depth = 1;
  for (let at = index + 2; at < text.length; at += 1) {
    const two = text.slice(at, at + 2);
    if (two === '*/') depth -= 1;
    else if (two === '/*' && isNested) depth += 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
};

/** `$$ … $$` and `$tag$ … $tag$` */
const endOfDollars = (text: string, index: number): number | undefined => {
  if (/\w/.test(text[index - 1] ?? '')) return undefined;
  const [tag] = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(index, index + 66)) ?? [];
  if (tag === undefined) return undefined;
  const end = text.indexOf(tag, index + tag.length);
  return end < 0 ? text.length : end + tag.length;
};

const endOfQuote = (text: string, index: number, parserName: string): number => {
  const mark = text[index] ?? '';
  const isTriple = parserName === 'bigquery' && text.slice(index, index + 3) === mark.repeat(3);
  const close = isTriple ? mark.repeat(3) : mark;
  const escapes = mark !== '`' && (backslashed.has(parserName) || /[eE]/.test(text[index - 1] ?? ''));
  for (let at = index + close.length; at < text.length; at += 1) {
    if (escapes && text[at] === '\\') at += 1;
    else if (text.startsWith(close, at)) {
      if (isTriple || text[at + 1] !== mark) return at + close.length;
      at += 1;
    }
  }
  return text.length;
};
