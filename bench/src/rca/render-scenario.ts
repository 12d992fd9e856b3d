import type { Evidence, RuleResult } from '@aegis/spec';
import type { Prepared } from './run/prepare.js';
import type { Scenario } from './run/scenario.js';
import { failingIn } from './score/failing.js';

/** Everything about one fault, for somebody who wants to know why it was missed. */
export const renderScenario = ({ fault, answer, statements }: Scenario, { pipeline }: Prepared): string =>
  [
    `${pipeline.template}, ${pipeline.today}: ${fault.description}`,
    ...fault.onSources.map((sql) => `broken by: ${sql}`),
    ...statements.filter(({ output }) => output === fault.operation).map(({ sql }) => `ran: ${sql}`),
    ...failingIn(answer.report).map(renderFailure),
  ].join('\n\n');

const renderFailure = ({ rule_id, observed, expected, diagnosis, root_cause, notes }: RuleResult): string =>
  [
    `${rule_id}: ${JSON.stringify(observed)}, expected ${JSON.stringify(expected)}`,
    ...notes.map((note) => `  note: ${note}`),
    ...(diagnosis?.evidence ?? []).map(renderFact),
    root_cause === null
      ? '  no root cause'
      : `  ${root_cause.kind} at ${root_cause.dataset}.${root_cause.column} by ${root_cause.operation} (${root_cause.confidence}), path ${root_cause.path.join(' < ')}`,
    ...(root_cause?.evidence ?? []).map(renderFact),
  ].join('\n');

const renderFact = ({ id, kind, sentence, numbers }: Evidence): string =>
  `    ${id} ${kind}: ${sentence} ${JSON.stringify(numbers)}`;
