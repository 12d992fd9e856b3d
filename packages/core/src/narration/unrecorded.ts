import type { DecisionRecord } from '@aegis/spec';

/** Of the decisions that were kept, those that the trail does not hold. The trail may have masked their texts further. */
export const unrecorded = (
  kept: readonly DecisionRecord[],
  recorded: readonly DecisionRecord[],
): readonly DecisionRecord[] => {
  const unmatched = recorded.map(figuresOf);
  return kept.filter((decision) => {
    const place = unmatched.indexOf(figuresOf(decision));
    if (place !== -1) unmatched.splice(place, 1);
    return place === -1;
  });
};

const figuresOf = (decision: DecisionRecord): string => {
  const { node, ruleId, model, promptVersion, inputTokens, outputTokens, costUsd, latencyMs } = decision;
  return JSON.stringify([node, ruleId, model, promptVersion, inputTokens, outputTokens, costUsd, latencyMs]);
};
