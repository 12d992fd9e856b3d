import { pieces } from './scan.js';

export interface Word {
  readonly text: string;
  readonly start: number;
}

/** Words outside brackets, in capitals. */
export function* topWords(sql: string, parserName: string): Generator<Word> {
  let depth = 0;
  for (const { start, end, isCode } of pieces(sql, parserName)) {
    if (!isCode) continue;
    for (const match of sql.slice(start, end).matchAll(/[()]|[A-Za-z_]\w*/g)) {
      if (match[0] === '(') depth += 1;
      else if (match[0] === ')') depth -= 1;
      else if (depth === 0) yield { text: match[0].toUpperCase(), start: start + match.index };
    }
  }
}
