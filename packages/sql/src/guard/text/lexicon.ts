/** How an engine cuts text into tokens: the engine's rules, not the parser's. Every pattern is sticky. */
export interface Lexicon {
  /** String literals with their prefixes, the more specific patterns first. */
  readonly strings: readonly RegExp[];
  /** Whether a plain string reads `\'` as a quote. */
  readonly escapesWithBackslash: boolean;
  readonly quotedName: RegExp;
  /** The name inside a quoted name. */
  readonly unquote: (quoted: string) => string;
  readonly quote: '"' | '`';
  readonly lineComment: RegExp;
  /** Operators of more than one character and those that only this engine has, longest first. */
  readonly operators: readonly string[];
}

const doubled = (quote: string) => (quoted: string) => quoted.slice(1, -1).replaceAll(quote + quote, quote);

const standardString = /'(?:[^']|'')*'/y;
/** `--` ends at either line break: engines end it there, whatever an editor shows. */
const dashComment = /--[^\n\r]*/y;
const sharedOperators = ['<=', '>=', '<>', '!=', '||', '=>'];

const postgres: Lexicon = {
  escapesWithBackslash: false,
  strings: [/[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y, /[bBxX]'[0-9a-fA-F]*'/y, standardString],
  quotedName: /"(?:[^"]|"")+"/y,
  unquote: doubled('"'),
  quote: '"',
  lineComment: dashComment,
  operators: [
    '!~~*',
    '->>',
    '#>>',
    '!~~',
    '~~*',
    '!~*',
    '->',
    '#>',
    '#-',
    '::',
    ':=',
    '&&',
    '<<',
    '>>',
    '@>',
    '<@',
    '~~',
    '!~',
    '~*',
    '^@',
    ...sharedOperators,
  ],
};

const duckdb: Lexicon = {
  ...postgres,
  strings: [/[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y, standardString],
  operators: [
    '!~~*',
    '->>',
    '!~~',
    '~~*',
    '~~~',
    '->',
    '::',
    ':=',
    '&&',
    '<<',
    '>>',
    '@>',
    '<@',
    '~~',
    '!~',
    '^@',
    '**',
    '//',
    '==',
    ...sharedOperators,
  ],
};

const trino: Lexicon = {
  escapesWithBackslash: false,
  strings: [/[uU]&'(?:[^'\\]|''|\\\\|\\[0-9a-fA-F]{4}|\\\+[0-9a-fA-F]{6})*'/y, standardString],
  quotedName: /"(?:[^"]|"")+"/y,
  unquote: doubled('"'),
  quote: '"',
  lineComment: dashComment,
  operators: ['->', ...sharedOperators],
};

const bigquery: Lexicon = {
  escapesWithBackslash: true,
  strings: [
    /(?:[rR][bB]?|[bB][rR]?)?"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""/y,
    /(?:[rR][bB]?|[bB][rR]?)?'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''/y,
    /(?:[rR][bB]?|[bB][rR]?)?"(?:[^"\\\n\r]|\\[^\n\r])*"/y,
    /(?:[rR][bB]?|[bB][rR]?)?'(?:[^'\\\n\r]|\\[^\n\r])*'/y,
  ],
  quotedName: /`[^`\\\n\r]+`/y,
  unquote: (quoted) => quoted.slice(1, -1),
  quote: '`',
  lineComment: /(?:--|#)[^\n\r]*/y,
  operators: ['<<', '>>', ...sharedOperators],
};

const databricks: Lexicon = {
  escapesWithBackslash: true,
  strings: [/[rR]'[^']*'/y, /[rR]"[^"]*"/y, /'(?:[^'\\]|\\[\s\S])*'/y, /"(?:[^"\\]|\\[\s\S])*"/y],
  quotedName: /`(?:[^`]|``)+`/y,
  unquote: doubled('`'),
  quote: '`',
  lineComment: dashComment,
  operators: ['<=>', '->', '::', '<<', '>>', '==', ...sharedOperators, '!'],
};

/** By the dialect's `parserName`. */
export const lexicons = { duckdb, postgresql: postgres, bigquery, databricks, trino } as const satisfies Record<
  string,
  Lexicon
>;
