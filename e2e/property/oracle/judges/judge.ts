import type { RuleOf, RuleTypeName, World } from '../../world.js';
import type { Relation } from '../relation.js';
import type { Verdict } from '../verdict.js';

/** What a judge looks at besides the rule. */
export interface Scene {
  readonly world: World;
  /** The rule's table, with its `where` applied. */
  readonly scope: Relation;
}

/** Says what a rule must come to. @throws Refused when it cannot be judged */
export type Judge<Type extends RuleTypeName> = (rule: RuleOf<Type>, scene: Scene) => Verdict;

/** A judge for each of these types. */
export type Judges<Type extends RuleTypeName> = { readonly [Name in Type]: Judge<Name> };
