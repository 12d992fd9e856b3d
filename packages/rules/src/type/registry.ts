import { RuleError } from '@aegis/spec';
import { didYouMean, nearest } from '../suggest.js';
import type { RuleType } from './rule-type.js';

/** Rule types by name. */
export interface RuleTypeRegistry {
  readonly types: readonly RuleType[];
  find(name: string): RuleType | undefined;
  /** Throws {@link RuleError} `unknown-type`, with the nearest name as a hint. */
  get(name: string): RuleType;
  /** The known name that `name` most likely misspells. */
  suggest(name: string): string | undefined;
}

/** Makes rule types findable by name. Throws `TypeError` when two share a name: a mistake of the program, not of a user. */
export const createRegistry = (types: readonly RuleType[]): RuleTypeRegistry => {
  const byName = new Map<string, RuleType>();
  for (const type of types) {
    if (byName.has(type.name)) throw new TypeError(`two rule types are named "${type.name}"`);
    byName.set(type.name, type);
  }
  return {
    types,
    find: (name) => byName.get(name),
    get: (name) => byName.get(name) ?? refuse(name, [...byName.keys()]),
    suggest: (name) => nearest(name, byName.keys()),
  };
};

const refuse = (name: string, known: readonly string[]): never => {
  throw new RuleError('unknown-type', `there is no rule type "${name}"`, { hint: didYouMean(name, known) });
};
