import type { Diagnosis, Evidence, JsonValue, RuleResult } from '@aegis/spec';

type Fact = Omit<Evidence, 'id'>;

/** What facts come to, in words that claim no more than the facts do. */
export const diagnosisOf = (result: RuleResult, facts: readonly Fact[]): Diagnosis => {
  const [first] = facts.filter(({ kind }) => !kind.startsWith('declared_'));
  const words = first && wordsOf[first.kind];
  return {
    explanation: first?.sentence ?? 'The rule does not hold; its author wrote down where to look first.',
    likely_cause: (first && words?.cause?.(first, result)) ?? null,
    recommended_action: (first && words?.action?.(first, result)) ?? null,
    evidence: facts.map((fact, index) => ({ id: `e${index + 1}`, ...fact })),
  };
};

interface Words {
  readonly cause?: (fact: Fact, result: RuleResult) => string | null;
  readonly action?: (fact: Fact, result: RuleResult) => string;
}

const segmentWords: Words = {
  cause: ({ numbers }) =>
    `Something that concerns the rows with ${columnsIn(numbers.values)} alone: their source, or the step that writes them.`,
  action: ({ numbers }, { table }) =>
    `Look at how rows of ${table} with ${columnsIn(numbers.values)} are made, and run the SQL of e1 again after a change.`,
};

const wordsOf: { readonly [kind: string]: Words } = {
  segment: segmentWords,
  segment_pair: segmentWords,
};

/** `country = DE and channel = web`: by column, as evidence keeps them. */
const columnsIn = (values: JsonValue | undefined): string =>
  Object.entries(isObject(values) ? values : {})
    .map(([column, value]) => `${column} ${shown(value)}`)
    .join(' and ');

const shown = (value: JsonValue): string => {
  if (value === null) return 'NULL';
  if (!Array.isArray(value)) return `'${String(value)}'`;
  const [from, to] = value.map((bound) => (bound === null ? null : String(bound)));
  if (from === null) return `before ${to}`;
  return to === null ? `from ${from} on` : `from ${from} to before ${to}`;
};

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
