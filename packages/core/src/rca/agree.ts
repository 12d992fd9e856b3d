import type { Confidence, Finding } from './finding.js';

/** What one failing rule found. */
export interface Voice {
  readonly ruleId: string;
  readonly finding: Finding;
}

const weights: { readonly [confidence in Confidence]: number } = { high: 4, medium: 2, low: 1 };

const weightOf = ({ finding: { kind, confidence } }: Voice): number => (kind === 'unknown' ? 0 : weights[confidence]);

/**
 * The finding that most speaks for, of what rules found that fail together: the dataset with the most weight, and there the
 * surest voice, the rule's own before others'. `undefined` where nobody found anything.
 */
export const agreed = (voices: readonly Voice[], ownId: string): Voice | undefined => {
  const groups = groupBy(voices, ({ finding }) => finding.dataset.id);
  const total = (group: readonly Voice[]) => group.reduce((sum, voice) => sum + weightOf(voice), 0);
  const [best] = [...groups.values()].sort((a, b) => total(b) - total(a));
  return best && surest(best, ownId);
};

/** Kinds and columns are weighed as well: one rule may see only that something is wrong, where others see what. */
const surest = (group: readonly Voice[], ownId: string): Voice | undefined => {
  const named = groupBy(group, ({ finding: { kind, column } }) => JSON.stringify([kind, column?.toLowerCase()]));
  const total = (voices: readonly Voice[]) => voices.reduce((sum, voice) => sum + weightOf(voice), 0);
  const [best = []] = [...named.values()].sort((a, b) => total(b) - total(a));
  return best.find(({ ruleId }) => ruleId === ownId) ?? [...best].sort((a, b) => weightOf(b) - weightOf(a))[0];
};

const groupBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};
