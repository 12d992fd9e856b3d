import { RuleError } from '@aegis/spec';

/** A pattern's characters and the place reached in them. */
export class PatternReader {
  readonly #characters: readonly string[];
  #position = 0;

  constructor(readonly pattern: string) {
    this.#characters = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#characters.length;
  }

  /** The characters ahead, without moving. */
  peek(length = 1): string {
    return this.#characters.slice(this.#position, this.#position + length).join('');
  }

  /** The next character. @throws RuleError `invalid` at the end. */
  next(expected: string): string {
    const character = this.#characters[this.#position];
    if (character === undefined) throw this.invalid(`${expected} is missing at its end`);
    this.#position += 1;
    return character;
  }

  /** Moves past `text` if it is next. */
  take(text: string): boolean {
    if (this.peek(text.length) !== text) return false;
    this.#position += text.length;
    return true;
  }

  /** Moves past what the expression matches here and returns the match. */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    const found = expression.exec(this.#characters.slice(this.#position).join(''));
    if (found?.index !== 0) return undefined;
    this.#position += [...found[0]].length;
    return found;
  }

  invalid(problem: string): RuleError {
    return new RuleError('invalid', `the pattern ${JSON.stringify(this.pattern)} cannot be read: ${problem}`);
  }

  unsupported(construct: string, hint?: string): RuleError {
    return new RuleError(
      'unsupported',
      `the pattern ${JSON.stringify(this.pattern)} uses ${construct}, which not every warehouse understands`,
      { hint },
    );
  }
}
