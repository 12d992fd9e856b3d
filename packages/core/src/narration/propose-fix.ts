import { changeTarget } from '@aegis/engine';
import { isAegisError, type Narrated, type Remediation, type Rule, type RuleResult, type TableName } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { SeenFailure } from '../run-state.js';
import { judgeProposal } from './judge-proposal.js';
import { noAnswer } from './no-answer.js';

export interface Proposal {
  readonly remediation: Remediation | null;
  readonly notes: readonly string[];
}

const nothing: Proposal = { remediation: null, notes: [] };

/** The model's fix where there is a model and its fix is sound; else the one that the rule's type has. */
export const proposeFix = async (
  result: RuleResult,
  seen: SeenFailure | undefined,
  ports: RunPorts,
): Promise<Proposal> => {
  const rule = ports.rules.get(result.rule_id);
  if (!rule || !seen || rule.proposalStrategy === 'none') return nothing;
  const asked = await askForFix(rule, result, seen, ports);
  return { ...asked, remediation: asked.remediation ?? templateOf(rule, seen) };
};

const templateOf = (rule: Rule, { fix }: SeenFailure): Remediation | null =>
  fix && remediationOf(rule, { ...fix, proposed_sql: fix.sql }, 'template');

type Fix = Pick<Remediation, 'proposed_sql' | 'confidence' | 'caveat'>;

const remediationOf = (
  { scope }: Rule,
  { proposed_sql, confidence, caveat }: Fix,
  source: Remediation['source'],
): Remediation => ({
  ...{ proposed_sql, confidence, source },
  caveat: [caveat, fileCaveat(scope.table)].filter((part) => part !== '').join(' '),
  verification: { status: 'not_run', reason: 'There is no sandbox to try it in.' },
});

/** What to say beside a fix that cannot be run where the data was read. */
const fileCaveat = (table: TableName): string =>
  table.kind === 'named' ? '' : `The data is a file: the statement is for a table ${changeTarget(table)} made of it.`;

const askForFix = async (
  rule: Rule,
  result: RuleResult,
  { context }: SeenFailure,
  ports: RunPorts,
): Promise<Proposal> => {
  const { narrator, ledger } = ports;
  if (!narrator || !context) return nothing;
  const failure = { rule, result, evidence: result.diagnosis?.evidence ?? [], context };
  try {
    return await judged(await narrator.propose(failure, ledger.session('remediate')), rule, ports);
  } catch (error) {
    return { remediation: null, notes: [noAnswer(error)] };
  }
};

const judged = async ({ value, notes }: Narrated<Fix>, rule: Rule, ports: RunPorts): Promise<Proposal> => {
  if (value === null) return { remediation: null, notes };
  try {
    const proposed_sql = await judgeProposal(value.proposed_sql, rule, ports);
    return { remediation: remediationOf(rule, { ...value, proposed_sql }, 'model'), notes };
  } catch (error) {
    if (!isAegisError(error)) throw error;
    return { remediation: null, notes: [...notes, `The fix of the model was refused: ${error.message}`] };
  }
};
