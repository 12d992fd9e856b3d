import { builtinTypes } from '@aegis/rules';
import type { JsonValue, Rule, Threshold } from '@aegis/spec';

type Values = { readonly [key: string]: JsonValue | readonly string[] | Values | undefined };

/** A rule in the parts that a contract has places for. */
export interface RuleParts {
  /** `logic` as a file of rules writes it, without what goes without saying. */
  readonly logic: Values & { readonly type: string };
  /** What is left of `scope` beside the table. */
  readonly scope: Values;
  /** `diagnosis`, `remediation` and `sla`, where they say something. */
  readonly blocks: Values;
  /** What a contract has no word for: id, owner, domain, version, status. */
  readonly metadata: Values;
}

export const partsOf = (rule: Rule): RuleParts => ({
  logic: { type: rule.type, ...writtenParams(rule.params), ...judging(rule) },
  scope: given({
    warehouse: rule.scope.warehouse,
    source_warehouse: rule.scope.sourceWarehouse,
    where: rule.scope.where,
    timezone: rule.scope.timezone,
  }),
  blocks: blocksOf(rule),
  metadata: given({
    id: rule.id,
    owner: rule.owner,
    domain: rule.domain,
    version: rule.version,
    status: rule.status === 'active' ? undefined : rule.status,
  }),
});

/** One column is a `column`. */
const writtenParams = (params: Rule['params']): Values =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const isOne = /columns$/.test(key) && Array.isArray(value) && value.length === 1;
      return isOne ? [key.slice(0, -1), value[0]] : [key, value];
    }),
  );

const judging = ({ type, nulls, failIf, warnIf }: Rule): Values => {
  const [unit] = builtinTypes.find(type)?.countedUnits ?? [];
  const isDefault = failIf === undefined || (failIf.of === unit && failIf.operator === '>' && failIf.value === '0');
  return given({
    nulls: nulls === 'fail' ? nulls : undefined,
    fail_if: isDefault && warnIf === undefined ? undefined : thresholdText(failIf),
    warn_if: thresholdText(warnIf),
  });
};

const thresholdText = (threshold: Threshold | undefined): string | undefined =>
  threshold && `${threshold.of} ${threshold.operator} ${threshold.value}`;

const blocksOf = ({ commonCauses, upstreamTables, proposalStrategy, notificationTarget }: Rule): Values => {
  const diagnosis = given({
    common_causes: commonCauses.length > 0 ? commonCauses : undefined,
    lineage_hints: upstreamTables.length > 0 ? { upstream_tables: upstreamTables } : undefined,
  });
  return given({
    diagnosis: Object.keys(diagnosis).length > 0 ? diagnosis : undefined,
    remediation: proposalStrategy === 'llm_simple' ? undefined : { proposal_strategy: proposalStrategy },
    sla: notificationTarget === undefined ? undefined : { notification_target: notificationTarget },
  });
};

const given = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
