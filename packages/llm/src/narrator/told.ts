import type { Diagnosis, Evidence, Narrated, RootCause } from '@aegis/spec';
import type { CitedText } from './claims.js';

/** Words of the model with values in place of tokens. */
export type Said = (text: string) => string;

interface DiagnosisClaims {
  readonly explanation: CitedText;
  readonly likelyCause: CitedText;
  readonly recommendedAction: CitedText;
}

/** A diagnosis in the words of the model; the facts that were found stay, and those it cites are added. */
export const toldDiagnosis = (
  evidence: readonly Evidence[],
  { explanation, likelyCause, recommendedAction }: DiagnosisClaims,
  said: Said,
): Narrated<Diagnosis> => {
  const parts = [explanation, likelyCause, recommendedAction];
  if (explanation.text === null) return { value: null, notes: [saidNothing, ...droppedNotes(parts)] };
  return {
    value: {
      explanation: said(explanation.text),
      likely_cause: likelyCause.text && said(likelyCause.text),
      recommended_action: recommendedAction.text && said(recommendedAction.text),
      evidence: withCited(evidence, parts),
    },
    notes: droppedNotes(parts),
  };
};

/** What was traced, with the model's words about it. */
export const toldRootCause = (found: RootCause, explanation: CitedText, said: Said): Narrated<RootCause> => {
  const notes = droppedNotes([explanation]);
  if (explanation.text === null) return { value: null, notes: [saidNothing, ...notes] };
  const evidence = withCited(found.evidence, [explanation]);
  return { value: { ...found, evidence, explanation: said(explanation.text) }, notes };
};

const saidNothing = 'The model answered, and said nothing.';

const withCited = (evidence: readonly Evidence[], parts: readonly CitedText[]): readonly Evidence[] => [
  ...new Map([...evidence, ...parts.flatMap(({ cited }) => cited)].map((each) => [each.id, each])).values(),
];

const droppedNotes = (parts: readonly CitedText[]): readonly string[] => {
  const dropped = parts.reduce((sum, part) => sum + part.dropped, 0);
  if (dropped === 0) return [];
  return [`The model cited ${dropped} ${dropped === 1 ? 'fact that was' : 'facts that were'} not given; dropped.`];
};
