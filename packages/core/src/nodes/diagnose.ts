import { type FailedRule, type GatheredEvidence, gatherEvidence } from '@aegis/engine';
import type { Evidence, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import { diagnosisOf } from './diagnosis-words.js';
import { needsExplaining } from './failing.js';
import { measuredBy } from './measured.js';

type Fact = Omit<Evidence, 'id'>;

/** The facts about each failure that go beyond its result: what its rows have in common, and what its author declared. */
export const diagnose = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> => {
  const failed = results.filter(needsExplaining).flatMap((result) => failedRule(result, ports));
  const gathered = await gather(failed, ports);
  return results.map((result) =>
    needsExplaining(result) ? diagnosed(result, gathered.get(result.rule_id), ports) : result,
  );
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

const diagnosed = (result: RuleResult, evidence: GatheredEvidence | undefined, ports: RunPorts): RuleResult => {
  const facts = [...(evidence?.facts ?? []), ...declaredBy(ports.rules.get(result.rule_id))];
  const diagnosis = facts.length === 0 ? null : diagnosisOf(facts);
  return evidence ? withCost({ ...result, diagnosis }, evidence) : { ...result, diagnosis };
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
