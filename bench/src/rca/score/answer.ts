import type { Report, RootCause, RuleResult } from '@aegis/spec';
import { severities } from '@aegis/spec';
import { failingIn } from './failing.js';

/** What a run says about its one fault, all failing rules together. */
export interface Answer {
  readonly dataset: string | null;
  readonly column: string | null;
  readonly kind: string | null;
  /** The table first, then what else is named: other rules' tables, and those next to the entry on its path. */
  readonly candidates: readonly string[];
  /** Rules whose cause was taken, of those that fail. */
  readonly agreeing: number;
  readonly failing: number;
}

interface Voice {
  readonly result: RuleResult;
  readonly cause: RootCause;
  readonly order: number;
}

const confidences = ['high', 'medium', 'low'];

/** The README says how several causes become one answer, and why. */
export const answerOf = (report: Report): Answer => {
  const failing = failingIn(report);
  const voices = failing.flatMap((result, order) =>
    result.root_cause ? [{ result, cause: result.root_cause, order }] : [],
  );
  const groups = groupsOf(surest(voices));
  const [best = []] = groups;
  return {
    dataset: best[0]?.cause.dataset ?? null,
    column: mostNamed(best.flatMap(({ cause }) => cause.column ?? [])),
    kind: mostNamed(best.map(({ cause }) => cause.kind)),
    candidates: candidatesOf(best, [...groups, ...groupsOf(voices)]),
    ...{ agreeing: best.length, failing: failing.length },
  };
};

/** Those that know something, before those that do not; of these, the most confident. */
const surest = (voices: readonly Voice[]): readonly Voice[] => {
  const knowing = voices.filter(({ cause }) => cause.kind !== 'unknown');
  const heard = knowing.length > 0 ? knowing : voices;
  const ranks = heard.map(({ cause }) => rankOf(cause));
  return heard.filter((_, index) => ranks[index] === Math.min(...ranks));
};

const rankOf = ({ confidence }: RootCause): number => confidences.indexOf(confidence ?? 'low');

/** By dataset: the most rules first, then the most severe, then the first in the rules file. */
const groupsOf = (voices: readonly Voice[]): readonly (readonly Voice[])[] => {
  const groups = [...Map.groupBy(voices, ({ cause }) => cause.dataset.toLowerCase()).values()];
  return groups.sort(
    (left, right) => right.length - left.length || severest(left) - severest(right) || first(left) - first(right),
  );
};

const severest = (voices: readonly Voice[]): number =>
  Math.min(...voices.map(({ result }) => severities.indexOf(result.effective_severity)));

const first = (voices: readonly Voice[]): number => Math.min(...voices.map(({ order }) => order));

const mostNamed = (names: readonly string[]): string | null => {
  const counted = [...Map.groupBy(names, (name) => name).values()].sort((left, right) => right.length - left.length);
  return counted[0]?.[0] ?? null;
};

const candidatesOf = (best: readonly Voice[], groups: readonly (readonly Voice[])[]): readonly string[] => {
  const named = groups.flatMap(([voice]) => voice?.cause.dataset ?? []);
  const onPath = [...(best[0]?.cause.path ?? [])].reverse();
  return [...new Set([...named, ...onPath])].slice(0, 3);
};
