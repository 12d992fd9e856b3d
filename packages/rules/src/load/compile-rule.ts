import type { JsonObject, Rule, Threshold } from '@aegis/spec';
import { formatTableName, parseTableName } from '../table-name.js';
import { tableParams } from '../type/params-schema.js';
import type { RuleTypeRegistry } from '../type/registry.js';
import type { RuleType } from '../type/rule-type.js';
import { type CheckedEnvelope, checkEnvelope, checkParams, checkType } from './check-document.js';
import { hashDefinition } from './definition-hash.js';
import type { Problem } from './problem.js';
import { isMapping, type RuleDocument, valueAt } from './rule-document.js';
import { scopeTable } from './scope-table.js';

/** `rule` is absent exactly when there are problems. */
export interface CompiledRule {
  readonly rule?: Rule;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Checks one rule as a whole, its type's params included, and fills in every default. Never throws. */
export const compileRule = (document: RuleDocument, registry: RuleTypeRegistry): CompiledRule => {
  const type = checkType(document, registry);
  const envelope = checkEnvelope(document, type.value);
  const params = type.value ? checkParams(document, type.value) : { problems: [] };
  const id = idOf(document);
  const named = (problem: Problem): Problem => ({ ...problem, ...(id !== undefined && { rule: id }) });
  const warnings = undocumented(document).map(named);
  const problems = inOrder([...envelope.problems, ...type.problems, ...params.problems]).map(named);
  if (!type.value || !envelope.value || !params.value) return { problems, warnings };
  const rule = assemble({ ...envelope.value, document, type: type.value, params: params.value });
  return { rule, problems: [], warnings };
};

/** The id as written, for messages and for finding duplicates even among rules with problems. */
export const idOf = (document: RuleDocument): string | undefined => {
  const id = valueAt(document.value, ['metadata', 'id']);
  return typeof id === 'string' && id !== '' ? id : undefined;
};

/** In the order of the text. The same mistake can be seen by the common schema and by the type's. */
const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].sort(
    ({ location: a }, { location: b }) => (a && b ? a.line - b.line || a.column - b.column : 0),
  );

const undocumented = (document: RuleDocument): Problem[] => {
  const metadata = valueAt(document.value, ['metadata']);
  if (!isMapping(metadata)) return [];
  return (['description', 'owner'] as const)
    .filter((key) => metadata[key] === undefined)
    .map((key) => ({
      code: `rule/missing-${key}`,
      message: `the rule has no ${key}`,
      hint: `Add metadata.${key}: ${documentationHints[key]}`,
      file: document.file,
      location: document.locate(['metadata'], 'key'),
    }));
};

const documentationHints = {
  description: 'reports show it beside a failure.',
  owner: 'reports say whom to ask.',
};

interface CheckedRule extends CheckedEnvelope {
  readonly document: RuleDocument;
  readonly type: RuleType;
  readonly params: JsonObject;
}

const assemble = (checked: CheckedRule): Rule => {
  const { metadata, scope, diagnosis, remediation, sla } = checked.content;
  const judging = judgingOf(checked);
  return {
    ...metadata,
    ...judging,
    type: checked.type.name,
    scope: {
      warehouse: scope.warehouse,
      sourceWarehouse: scope.source_warehouse,
      table: checked.table,
      where: scope.where,
      timezone: scope.timezone,
    },
    params: canonicalTables(checked),
    baseDirectory: checked.document.baseDirectory,
    commonCauses: diagnosis.common_causes,
    upstreamTables: diagnosis.lineage_hints.upstream_tables,
    proposalStrategy: remediation.proposal_strategy,
    notificationTarget: sla.notification_target,
    location: checked.document.locate([]),
    definitionHash: hashOf(checked, judging),
  };
};

type Judging = Pick<Rule, 'nulls' | 'failIf' | 'warnIf'>;

/** One is too many, in the unit that the type counts first. */
const anyViolation = ({ countedUnits: [unit] }: RuleType): Threshold | undefined =>
  unit && { of: unit, operator: '>', value: '0' };

const judgingOf = ({ content: { logic }, type }: CheckedRule): Judging => ({
  nulls: logic.nulls ?? 'ignore',
  failIf: logic.fail_if ?? (logic.warn_if ? undefined : anyViolation(type)),
  warnIf: logic.warn_if,
});

/** Paths of data files count as written: a project may lie in another folder on another machine. */
const hashOf = (checked: CheckedRule, judging: Judging): string => {
  const { scope } = checked.content;
  return hashDefinition({
    type: checked.type.name,
    params: canonicalTables(checked),
    ...judging,
    table: scopeTable(scope, undefined),
    where: scope.where,
    timezone: scope.timezone,
    warehouse: scope.warehouse,
    sourceWarehouse: scope.source_warehouse,
  });
};

/** Table params in the one spelling that {@link formatTableName} gives; file paths stay relative, as written. */
const canonicalTables = ({ type, params }: CheckedRule): JsonObject => {
  const resolved = tableParams(type).flatMap((name) => {
    const written = params[name];
    const table = typeof written === 'string' ? parseTableName(written) : undefined;
    return table && table.kind !== 'invalid' ? [[name, formatTableName(table)] as const] : [];
  });
  return { ...params, ...Object.fromEntries(resolved) };
};
