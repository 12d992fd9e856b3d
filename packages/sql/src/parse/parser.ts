import { GuardError, type TextPosition } from '@aegis/spec';
import type { ParseFailureResult, Dialect as PolyglotDialect } from '@polyglot-sql/sdk';
import type { SqlNode } from './tree.js';

type Polyglot = typeof import('@polyglot-sql/sdk');

/** SQL text to trees and back, in the grammar that a dialect's `parserName` names. Stateless. */
export interface SqlParser {
  /**
   * One tree per statement.
   * @throws GuardError `syntax`, with the place in the text
   */
  parse(sql: string, parserName: string): readonly SqlNode[];
  /**
   * The text of one statement, or of one node inside it, on one line.
   * @throws GuardError `syntax` where the tree has no text
   */
  render(tree: SqlNode, parserName: string): string;
}

let loaded: Promise<SqlParser> | undefined;

/** Loads the parser on the first call: about 0.2 seconds and 100 MB. Later calls share it. */
export const loadParser = (): Promise<SqlParser> => {
  loaded ??= import('@polyglot-sql/sdk').then(createParser);
  return loaded;
};

const createParser = (polyglot: Polyglot): SqlParser => {
  const names: readonly string[] = polyglot.getDialects();
  return {
    parse(sql, parserName) {
      const answer = polyglot.parse(sql, knownName(names, parserName));
      if (!answer.success) throw syntaxError(sql, answer);
      // The library's own type of a tree has 926 members; ours says what all of them have in common.
      return answer.ast as unknown as readonly SqlNode[];
    },
    render(tree, parserName) {
      // What is no array crosses into WASM as JSON text, in half the time that an array takes value by value.
      const trees = { toJSON: () => [tree] };
      const answer = polyglot.generate(trees, knownName(names, parserName));
      const [text] = answer.sql ?? [];
      if (answer.success && text !== undefined) return text;
      throw new GuardError(
        'syntax',
        `The SQL cannot be written as text again: ${answer.error?.slice(0, 120) ?? 'no reason given'}.`,
      );
    },
  };
};

const knownName = (names: readonly string[], parserName: string): PolyglotDialect => {
  if (names.includes(parserName)) return parserName as PolyglotDialect;
  throw new GuardError('forbidden', `There is no SQL parser named "${parserName}".`, {
    hint: `Set the dialect's parserName to one of: ${names.join(', ')}.`,
  });
};

const syntaxError = (sql: string, { error, errorStart }: ParseFailureResult): GuardError => {
  const reason = error.replace(/^(Parse|Tokenize) error at line \d+, column \d+: /, '');
  const at = errorStart === undefined ? undefined : positionOf(sql, utf16Offset(sql, errorStart));
  return new GuardError('syntax', `The SQL cannot be parsed${at ? ` at ${at.line}:${at.column}` : ''}: ${reason}.`, {
    at,
  });
};

/** The parser counts characters, JavaScript counts UTF-16 units. */
const utf16Offset = (text: string, characters: number): number =>
  [...text].slice(0, characters).reduce((units, character) => units + character.length, 0);

/** The line and column of an offset into a text. */
export const positionOf = (text: string, offset: number): TextPosition => {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
};
