import { type FailedRule, type GatheredEvidence, gatherEvidence } from '@aegis/engine';
import type { Evidence, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { compareTables } from '../rca/baseline/compare-tables.js';
import { diagnosisOf } from './diagnosis-words.js';
import { needsExplaining } from './failing.js';
import { measuredBy } from './measured.js';

type Fact = Omit<Evidence, 'id'>;

/**
 * The facts about each failure that go beyond its result: what its rows have in common, how a table that is judged as a whole is
 * not what it was, and what its author declared.
 */
export const diagnose = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> => {
  const failed = results.filter(needsExplaining).flatMap((result) => failedRule(result, ports));
  const gathered = await gather(failed, ports);
  const compared = await compareTables(failed, ports);
  return results.map((result) => {
    if (!needsExplaining(result)) return result;
    const { rule_id: id } = result;
    return diagnosed(result, { gathered: gathered.get(id), compared: compared.get(id) }, ports);
  });
};

const failedRule = (result: RuleResult, ports: RunPorts): readonly FailedRule[] => {
  const rule = ports.rules.get(result.rule_id);
  return rule ? [{ rule, result, measured: measuredBy(rule.id, ports) }] : [];
};

/** All results of a step are of one table of one warehouse. */
const gather = async (
  failed: readonly FailedRule[],
  ports: RunPorts,
): Promise<ReadonlyMap<string, GatheredEvidence>> => {
  const [first] = failed;
  if (!first) return new Map();
  const warehouse = ports.warehouseOf(first.rule);
  return ports.limited(() =>
    gatherEvidence(failed, warehouse, { ...ports.options, warehouse: first.result.warehouse }),
  );
};

/** What was found out about one failure, as far as anybody looked. */
interface Findings {
  readonly gathered: GatheredEvidence | undefined;
  readonly compared: GatheredEvidence | undefined;
}

const diagnosed = (result: RuleResult, { gathered, compared }: Findings, ports: RunPorts): RuleResult => {
  const found = together(compared?.facts ?? [], gathered?.facts ?? []);
  const facts = [...found, ...declaredBy(ports.rules.get(result.rule_id))];
  const diagnosis = facts.length === 0 ? null : diagnosisOf(facts);
  return [gathered, compared].reduce<RuleResult>((sum, each) => (each ? withCost(sum, each) : sum), {
    ...result,
    diagnosis,
  });
};

const mostFacts = 4;

const fewestChanges = 2;

/** Changes take the room that other facts leave, and if need be that of the fact when the rule last held, which they name too. */
const together = (changes: readonly Fact[], others: readonly Fact[]): readonly Fact[] => {
  const told = changes.slice(0, Math.max(fewestChanges, mostFacts - others.length));
  const isTooMuch = told.length + others.length > mostFacts;
  return [...told, ...(isTooMuch ? others.filter(({ kind }) => kind !== 'began_in_history') : others)];
};

const withCost = (
  result: RuleResult,
  { notes, statements, durationMs, bytesScanned }: GatheredEvidence,
): RuleResult => ({
  ...result,
  notes: [...result.notes, ...notes],
  statements: rounded(result.statements + statements),
  duration_ms: rounded(result.duration_ms + durationMs),
  bytes_scanned:
    result.bytes_scanned === null || bytesScanned === null ? null : Math.round(result.bytes_scanned + bytesScanned),
});

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const declaredBy = (rule: Rule | undefined): readonly Fact[] => {
  const fact = (kind: string, sentence: string): Fact => ({ kind, sentence, numbers: {} });
  return [
    ...(rule?.commonCauses ?? []).map((cause) => fact('declared_cause', `Declared as a common cause: ${cause}`)),
    ...(rule?.upstreamTables ?? []).map((table) => fact('declared_upstream', `Declared as upstream: ${table}`)),
  ];
};
