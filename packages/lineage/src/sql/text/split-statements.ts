import { pieces } from './scan.js';

export interface StatementText {
  /** Without blanks around it and without the semicolon. */
  readonly text: string;
  /** Where it starts in the whole text. */
  readonly offset: number;
}

/** The statements of a text, which semicolons part. What holds nothing but comments is none. */
export const splitStatements = (text: string, parserName: string): readonly StatementText[] => {
  const ends = [...semicolons(text, parserName), text.length];
  return ends.flatMap((end, index) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
    return statementIn(text, start, end, parserName);
  });
};

function* semicolons(text: string, parserName: string): Generator<number> {
  for (const { start, end, isCode } of pieces(text, parserName)) {
    if (!isCode) continue;
    for (let at = text.indexOf(';', start); at >= 0 && at < end; at = text.indexOf(';', at + 1)) yield at;
  }
}

/** Comments before a statement are not part of it; those inside are. */
const statementIn = (text: string, start: number, end: number, parserName: string): readonly StatementText[] => {
  const slice = text.slice(start, end);
  for (const piece of pieces(slice, parserName)) {
    const blank = /^\s*/.exec(slice.slice(piece.start, piece.end))?.[0].length ?? 0;
    if (piece.isComment || piece.start + blank >= piece.end) continue;
    const at = piece.start + blank;
    return [{ text: slice.slice(at).trimEnd(), offset: start + at }];
  }
  return [];
};
