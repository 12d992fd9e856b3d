import type { Expression, JsonObject } from '@aegis/spec';
import type { Split } from './tail-probability.js';

/** A guess about the failing rows of a rule. */
export interface Guess {
  /** True of the rows for which the guess is right. */
  readonly condition: Expression;
  /** What there is to say, given the counts; `undefined` where the guess is wrong. */
  tell(split: Split): Told | undefined;
}

export interface Probe extends Guess {
  /** The position of the rule that it is about. */
  readonly test: number;
}

/** A fact without the counts and the SQL, which are the same for all. */
export interface Told {
  readonly kind: string;
  readonly sentence: string;
  readonly numbers?: JsonObject;
}
