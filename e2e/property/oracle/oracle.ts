import type { GeneratedRule, RuleTypeName, World } from '../world.js';
import { comparedRowJudges } from './judges/compared-rows.js';
import type { Judge, Judges, Scene } from './judges/judge.js';
import { keyJudges } from './judges/keys.js';
import { learnedJudges } from './judges/learned.js';
import { rowJudges } from './judges/rows.js';
import { statisticJudges } from './judges/statistics.js';
import { volumeJudges } from './judges/volume.js';
import { relationOf } from './relation.js';
import { Refused, refusedVerdict, type Verdict } from './verdict.js';

const judges: Judges<RuleTypeName> = {
  ...rowJudges,
  ...keyJudges,
  ...statisticJudges,
  ...volumeJudges,
  ...comparedRowJudges,
  ...learnedJudges,
};

/** Every rule type that the oracle can judge. */
export const judgedTypes: readonly string[] = Object.keys(judges);

/**
 * What a rule must come to: the meaning of the rule types once more, over arrays and in exact arithmetic, without a
 * line of Aegis. Slow and plain on purpose.
 */
export const judge = (rule: GeneratedRule, world: World): Verdict => {
  const scene: Scene = { world, scope: relationOf(world.target, rule.where) };
  try {
    return (judges[rule.type] as Judge<typeof rule.type>)(rule as never, scene);
  } catch (error) {
    if (error instanceof Refused) return refusedVerdict(error.codes);
    throw error;
  }
};
