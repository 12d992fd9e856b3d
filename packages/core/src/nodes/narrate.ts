import type { Failure, Narrated, Narrator, NarratorSession, RootCause, RuleResult, Severity } from '@aegis/spec';
import { noAnswer } from '../narration/no-answer.js';
import type { RunPorts } from '../ports.js';
import { forFailing } from './failing.js';

/** A step that a model adds to the facts. It exists in the graph only when there is a model. */
export interface NarrateStep {
  readonly name: string;
  readonly run: (results: readonly RuleResult[], narrator: Narrator, ports: RunPorts) => Promise<readonly RuleResult[]>;
}

/** What the model adds to a result. */
interface Told {
  readonly change: Partial<RuleResult>;
  readonly notes: readonly string[];
}

type Tell = (failure: Failure, narrator: Narrator, session: NarratorSession) => Promise<Told>;

const narrating = (name: string, tell: Tell): NarrateStep => ({
  name,
  run: (results, narrator, ports) =>
    forFailing(results, async (result) => {
      const failure = failureOf(result, ports);
      if (!failure) return result;
      try {
        const { change, notes } = await tell(failure, narrator, ports.ledger.session(name));
        return noted({ ...result, ...change }, notes);
      } catch (error) {
        return noted(result, [noAnswer(error)]);
      }
    }),
});

const failureOf = (result: RuleResult, ports: RunPorts): Failure | undefined => {
  const rule = ports.rules.get(result.rule_id);
  const context = ports.failures.get(result.rule_id)?.context;
  return rule && context ? { rule, result, evidence: result.diagnosis?.evidence ?? [], context } : undefined;
};

const noted = (result: RuleResult, notes: readonly string[]): RuleResult => ({
  ...result,
  notes: [...new Set([...result.notes, ...notes])],
});

const toldOf = <Value>({ value, notes }: Narrated<Value>, change: (value: Value) => Partial<RuleResult>): Told => ({
  change: value === null ? {} : change(value),
  notes,
});

/** The model's own view of the severity; the heuristic one keeps deciding, and `critical` is never talked down. */
export const narrateSeverity = narrating('classify_narrate', async (failure, narrator, session) => {
  const { value, notes } = await narrator.classify(failure, session);
  if (value === null) return { change: {}, notes };
  const severity = flooredSeverity(value.severity, failure.result);
  const kept = severity === value.severity ? '' : ` (${severity} stays)`;
  const reason = `The model calls it ${value.severity}${kept}: ${value.reason}`;
  return { change: { model_severity: severity }, notes: [...notes, reason] };
});

const flooredSeverity = (view: Severity, { effective_severity: heuristic }: RuleResult): Severity =>
  heuristic === 'critical' ? heuristic : view;

export const narrateDiagnosis = narrating('diagnose_narrate', async (failure, narrator, session) =>
  toldOf(await narrator.diagnose(failure, session), (diagnosis) => ({ diagnosis })),
);

export const narrateRootCause = narrating('rca_narrate', async (failure, narrator, session) => {
  const found = failure.result.root_cause ?? untraced(failure);
  if (!found) return { change: {}, notes: [] };
  return toldOf(await narrator.narrateRootCause(failure, found, session), (root_cause) => ({ root_cause }));
});

/** Where nothing was traced, but something is known to be upstream: what to look at, with no claim that it was. */
const untraced = ({ result, context: { upstream } }: Failure): RootCause | null => {
  if (upstream.length === 0) return null;
  return {
    ...{ dataset: result.table, column: result.columns[0] ?? null, operation: null, kind: 'not_traced' },
    path: [...upstream, result.table],
    evidence: upstream.map((table, index) => ({
      ...{ id: `u${index + 1}`, kind: 'upstream', numbers: {} },
      sentence: `${table} is upstream; the rule was not measured there.`,
    })),
  };
};
